using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Web;

/// <summary>The app: one page and one JSON API on 127.0.0.1. Nothing that is sent to it is written to disk.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private const string Predict = "predict";
    private readonly WebApplication _app;

    private WebServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, such as http://127.0.0.1:5177.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Loads the models and starts listening.</summary>
    /// <param name="models">At least one; the first is the default.</param>
    /// <param name="options">Port and limits.</param>
    /// <exception cref="InputException">A checkpoint is missing or damaged, or the port is taken.</exception>
    public static async Task<WebServer> Start(IReadOnlyList<ModelFile> models, ServeOptions options)
    {
        // An empty builder: neither files of the working folder nor environment variables change what the server does.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ServeOptions.MostBytes + Upload.FormLines;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        AddServices(builder.Services, models, options);
        WebServer server = new(builder.Build());
        try
        {
            _ = server._app.Services.GetRequiredService<ModelShelf>();
            Map(server._app);
            await server._app.StartAsync();
            return server;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await server.DisposeAsync();
            throw new InputException(
                $"port {options.Port} is taken by another program; choose another with --port, or 0 for any free one", e);
        }
        catch (System.Net.Sockets.SocketException e) when (e.SocketErrorCode == System.Net.Sockets.SocketError.AccessDenied)
        {
            await server.DisposeAsync();
            throw new InputException($"port {options.Port} may not be used without more rights; choose one from 1024 on with --port", e);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening, ends live sessions, and frees the models.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static void AddServices(IServiceCollection services, IReadOnlyList<ModelFile> models, ServeOptions options)
    {
        services.AddRoutingCore();

        // Otherwise the response to a wrong parameter has no explanation.
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton(options);
        services.AddSingleton<IHostLifetime>(new NoSignals());

        // Created in this order and so disposed in reverse: no job uses a model that has been disposed.
        services.AddSingleton(_ => new ModelShelf(models));
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<ModelShelf>();
            return new InferenceThread();
        });
        services.AddSingleton<LiveEndpoint>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        services.AddExceptionHandler<Problems>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // Or /openapi.json would call every number a text too.
        });
        services.AddRequestTimeouts(timeouts => timeouts.AddPolicy(Predict, new RequestTimeoutPolicy
        {
            Timeout = options.Timeout,
            WriteTimeoutResponse = context => Problem(
                context, StatusCodes.Status503ServiceUnavailable, "The answer took too long; try again, or send a shorter clip."),
        }));
        services.AddRateLimiter(limiter =>
        {
            // The limit applies before the upload is read, so that a request that must be refused is neither read nor held in memory.
            limiter.AddConcurrencyLimiter(Predict, limit => (limit.PermitLimit, limit.QueueLimit) = (options.Queue, 0));
            limiter.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = Problems.RetryAfter;
                return new(Problem(
                    context.HttpContext,
                    StatusCodes.Status503ServiceUnavailable,
                    "The server has as many clips to listen to as it can hold; try again in a few seconds."));
            };
        });
        ApiDescription.Add(services);
    }

    private static void Map(WebApplication app)
    {
        EmbeddedFileProvider page = new(typeof(WebServer).Assembly, "SpeechEmotion.Web.wwwroot");
        app.UseExceptionHandler();
        app.Use(Guards.Check);
        app.UseStatusCodePages(bare => Problem(bare.HttpContext, bare.HttpContext.Response.StatusCode, null));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = page });
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseWebSockets();
        RouteHandlerBuilder predict = app.MapPost("/api/predict", PredictEndpoint.Handle);
        predict.RequireRateLimiting(Predict).WithRequestTimeout(Predict);
        ApiDescription.Describe(predict);
        app.MapGet("/api/models", (ModelShelf shelf) => shelf.All.Select(model => model.Entry).ToArray())
            .WithSummary("The models that answer; the first is the default");
        app.MapGet("/healthz", (ModelShelf shelf) => new Health("ok", shelf.All.Count)).WithSummary("Whether the server is well");
        app.MapGet(
            LiveEndpoint.Path,
            (HttpContext context, LiveEndpoint live, int rate, string? model) => live.Handle(context, rate, model))
            .ExcludeFromDescription();
        app.MapOpenApi("/openapi.json");
    }

    private static Task Problem(HttpContext context, int status, string? detail) =>
        Problems.Write(context.RequestServices.GetRequiredService<IProblemDetailsService>(), context, status, detail);

    /// <summary>Leaves signals to the program. The framework's own lifetime would take them from it: by Ctrl-\ live sessions would end and
    /// the process go on.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
