using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class RbfAnswersTests
{
    private static readonly ModelShape Shape = new(5, 3);

    public RbfAnswersTests() => set_num_threads(1);

    /// <summary>With and without group weights, outlier clips, clips of a single frame, and centres that stay unused.</summary>
    [Theory]
    [InlineData(40, false)]
    [InlineData(12, true)]
    public void The_answers_are_those_of_the_network(int centres, bool grouped)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        RbfNetworkOptions options = new()
        {
            Centres = centres,
            Gamma = 0.05,
            Ridge = 0.1,
            Clip = 1.5,
            Moments = true,
            Groups = grouped ? [2, 4, 4] : [],
            Weights = grouped ? [100, 0, 250] : [],
        };
        RbfNetwork model = new(options, Shape);
        Tensor x = randn(20, 9, 5) * (1 + (2 * rand(20, 1, 5))) + (3 * randn(20, 1, 5)), lengths = (arange(20) % 9) + 1;
        model.Fit(x, lengths, arange(20) % 3);
        RbfAnswers answers = new(
            options, Shape, model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray()));

        Tensor expected = model.call(x, lengths);
        Assert.True(expected.std().item<float>() > 0.5f);
        for (int i = 0; i < 20; i++)
        {
            float[] logits = answers.Logits(x[i, ..(int)lengths[i].item<long>()].contiguous().data<float>().ToArray());
            // 2e-5: the network computes squared distances as differences of squares of up to twenty, in single precision; the logits are
            // of size 1.
            Assert.InRange((tensor(logits) - expected[i]).abs().max().item<float>(), 0, 2e-5f);
        }
    }

    [Fact]
    public void The_state_is_that_of_the_network()
    {
        RbfNetworkOptions options = new() { Centres = 7, Moments = true };
        using RbfNetwork model = new(options, Shape);
        Assert.Equal(
            model.state_dict().OrderBy(entry => entry.Key).Select(Text),
            RbfAnswers.State(options, Shape).OrderBy(entry => entry.Key).Select(Named));

        static string Text(KeyValuePair<string, Tensor> entry) => Named(KeyValuePair.Create(entry.Key, entry.Value.shape));
        static string Named(KeyValuePair<string, long[]> entry) => $"{entry.Key} {string.Join(' ', entry.Value)}";
    }

    [Fact]
    public void Other_networks_are_not_taken()
    {
        RbfNetworkOptions taken = new() { Moments = true };
        Assert.True(RbfAnswers.Takes(taken));
        object[] others =
        [
            taken with { Moments = false },
            taken with { Kernel = "laplace" },
            taken with { Moments = false, Percentiles = [50] },
            new MlpOptions(),
        ];
        Assert.All(others, options => Assert.False(RbfAnswers.Takes(options)));
    }

    [Fact]
    public void Groups_that_are_not_the_values_are_refused()
    {
        RbfNetworkOptions options = new() { Moments = true, Groups = [5], Weights = [100] };
        Dictionary<string, float[]> state = RbfAnswers.State(new(), Shape)
            .ToDictionary(entry => entry.Key, entry => new float[entry.Value.Aggregate(1L, (a, b) => a * b)]);
        string said = Assert.Throws<ArgumentException>(() => new RbfAnswers(options, Shape, state)).Message;
        Assert.Contains("model.groups", said, StringComparison.Ordinal);
    }
}
