namespace SpeechEmotion.Web;

/// <summary>Limits of the app; the defaults suit one machine and its user.</summary>
public sealed record ServeOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = 5177;

    /// <summary>Maximum number of requests for an answer at a time, including the one being worked on; one more gets 503.</summary>
    public int Queue { get; init; } = 65;

    /// <summary>Largest upload in bytes.</summary>
    public const int MostBytes = 25 << 20;

    /// <summary>Longest sound of an upload, in seconds.</summary>
    public const double MostSeconds = 300;

    /// <summary>A request for an answer that takes longer than this is cancelled.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
