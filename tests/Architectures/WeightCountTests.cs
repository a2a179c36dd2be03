using SpeechEmotion.Architectures;

namespace SpeechEmotion.Tests.Architectures;

public class WeightCountTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    /// <summary>Sizes that are all different, so that no two can stand for one another.</summary>
    private static readonly object[] Odd =
    [
        new MlpOptions { Hidden = [7, 11, 5] }, new CnnOptions { Channels = [3, 5, 7], TimeHalvings = 2, Attention = 11 },
        new CnnOptions { Channels = [3], TimeHalvings = 0, Attention = 0 }, new LstmOptions { FramesPerStep = 2, Hidden = 9, Layers = 3, Attention = 5 },
        new LstmOptions { FramesPerStep = 5, Hidden = 4, Layers = 1, Attention = 0 },
        new FlatMlpOptions { Hidden = 7 }, new HierarchicalMlpOptions { Hidden = 5 }, new FeatureLstmOptions { Hidden = 5, Dense = 7 },
        new VggOptions { Channels = [3, 5, 7], PoolAfter = [1, 3], Frames = 22, Hidden = 11 },
        new CnnLstmOptions { Channels = [3, 4], TimeHalvings = 1, Projection = 7, Hidden = 5, Layers = 2, Attention = 6 },
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_model_says_it_holds_is_what_it_holds(string name)
    {
        object[] all = [ModelCatalog.DefaultOptions(name), .. Odd.Where(o => o.GetType() == ModelCatalog.OptionsType(name))];
        Assert.True(all.Length > 1, $"{name} needs a case in {nameof(Odd)}");
        foreach (object options in all)
        {
            // Five pools leave nothing of a narrow plane, and the hierarchy parts four classes.
            ModelShape[] shapes = name switch
            {
                "vgg" => [new(101, 3), new(64, 6)],
                "hierarchical_mlp" => [new(13, 4), new(64, 4)],
                _ => [new(13, 3), new(64, 6)],
            };
            foreach (ModelShape shape in shapes)
            {
                using EmotionModel model = ModelCatalog.Create(name, options, shape);
                Assert.Equal(model.state_dict().Values.Sum(t => t.numel()), ModelCatalog.Weights(name, options, shape));
            }
        }
    }
}
