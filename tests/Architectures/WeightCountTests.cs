using SpeechEmotion.Architectures;

namespace SpeechEmotion.Tests.Architectures;

public class WeightCountTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    /// <summary>Options whose sizes are all different, so that a count cannot confuse one size with another.</summary>
    private static readonly object[] Odd =
    [
        new MlpOptions { Hidden = [7, 11, 5] },
        new MlpOptions { Hidden = [3], Percentiles = [10, 50, 90] },
        new CnnOptions { Channels = [3, 5, 7], TimeHalvings = 2, Attention = 11 },
        new CnnOptions { Channels = [3], TimeHalvings = 0, Attention = 0, Planes = 2 },
        new LstmOptions { FramesPerStep = 2, Hidden = 9, Layers = 3, Attention = 5 },
        new LstmOptions { FramesPerStep = 5, Hidden = 4, Layers = 1, Attention = 0 },
        new FlatMlpOptions { Hidden = 7 },
        new HierarchicalMlpOptions { Hidden = 9 },
        new FeatureLstmOptions { Hidden = 5, Dense = 7 },
        new RbfNetworkOptions { Centres = 7 },
        new RbfNetworkOptions { Centres = 7, Percentiles = [25, 75], Balanced = true },
        new RbfNetworkOptions { Centres = 7, Moments = true },
        new VggOptions { Channels = [3, 5, 4], PoolAfter = [1, 3, 9], Frames = 21, Hidden = 6 },
        new CnnLstmOptions { Channels = [3, 4], TimeHalvings = 1, Projection = 7, Hidden = 5, Layers = 2, Attention = 6 },
        new ParallelCnnLstmOptions
        {
            Channels = [3, 5],
            TimeHalvings = 1,
            Planes = 2,
            FramesPerStep = 2,
            Hidden = 7,
            Layers = 3,
            Attention = 4,
        },
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_model_says_it_holds_is_what_it_holds(string name)
    {
        object[] all =
            [ModelCatalog.DefaultOptions(name), SmallModels.Tiny(name), .. Odd.Where(o => o.GetType() == ModelCatalog.OptionsType(name))];
        foreach (object options in all)
        {
            foreach (ModelShape shape in new[] { new ModelShape(102, 4), new ModelShape(64, name == "hierarchical_mlp" ? 4 : 6) })
            {
                using EmotionModel model = ModelCatalog.Create(name, options, shape);
                Assert.Equal(model.state_dict().Values.Sum(t => t.numel()), ModelCatalog.Weights(name, options, shape));
            }
        }
    }
}
