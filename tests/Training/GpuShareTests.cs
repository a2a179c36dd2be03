using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

public class GpuShareTests
{
    [Theory]
    [InlineData(null, 4, "0 1 2 3 0 1")]
    [InlineData("", 2, "0 1 0 1 0 1")]
    [InlineData("2,3", 2, "2 3 2 3 2 3")]
    [InlineData("GPU-1f, GPU-2e,GPU-3d", 3, "GPU-1f GPU-2e GPU-3d GPU-1f GPU-2e GPU-3d")]
    [InlineData("5,4,-1,6", 2, "5 4 5 4 5 4")]
    public void Cards_that_this_process_sees_are_dealt_in_turn(string? visible, int cards, string dealt) =>
        Assert.Equal(dealt, string.Join(' ', Enumerable.Range(0, 6).Select(process => GpuShare.Of(visible, cards, process))));

    [Theory]
    [InlineData(null, 0)]
    [InlineData(null, 1)]
    [InlineData("3", 1)]
    public void One_card_or_none_leaves_the_environment_alone(string? visible, int cards) => Assert.Null(GpuShare.Of(visible, cards, 1));

    [Fact]
    public void A_run_that_names_its_device_means_it()
    {
        Assert.SkipUnless(TorchSharp.torch.cuda.is_available(), "no CUDA device: no run is spread over any");
        Assert.Equal(0, Devices.Cards([new(), new() { Device = "cpu" }]));
        Assert.Equal(0, Devices.Cards([new() { Device = "cuda:1" }]));
    }
}
