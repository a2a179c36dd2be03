using SpeechEmotion.Architectures.Blocks;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class ClipReversalTests
{
    private static readonly Tensor Lengths = tensor(new long[] { 4, 1, 3 });

    [Fact]
    public void Each_clip_is_reversed_within_its_length_and_padding_stays()
    {
        Tensor x = arange(12).reshape(3, 4, 1).to(float32);
        Assert.Equal([3f, 2, 1, 0, 4, 5, 6, 7, 10, 9, 8, 11], ClipReversal.Of(x, ClipReversal.Rows(Lengths, 4)).data<float>().ToArray());
    }

    /// <summary>The backward pass gives bit for bit the gradient of torch's own gather, which this operation replaces.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as another layer's transposed output
    public void Its_gradient_is_that_of_gathering(bool transposed)
    {
        manual_seed(2);
        Tensor pull = randn(3, 4, 5), order = ClipReversal.Rows(Lengths, 4).view(3, 4) - (arange(3).unsqueeze(1) * 4);
        Tensor[] leaves = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Tensor values = transposed ? arange(60).view(5, 4, 3).transpose(0, 2) : arange(60).view(3, 4, 5);
            return values.to(float32).requires_grad_();
        })];
        Tensor own = ClipReversal.Of(leaves[0] * 1, ClipReversal.Rows(Lengths, 4));
        Tensor gathered = (leaves[1] * 1).gather(1, order.unsqueeze(-1).expand(-1, -1, 5));
        Assert.Equal(gathered.data<float>().ToArray(), own.data<float>().ToArray());

        own.backward([pull]);
        gathered.backward([pull]);
        Assert.Equal(leaves[1].grad!.contiguous().data<float>().ToArray(), leaves[0].grad!.contiguous().data<float>().ToArray());
    }
}
