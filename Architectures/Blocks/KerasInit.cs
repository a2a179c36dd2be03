using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Fresh weights as Keras and scikit-learn draw them: Glorot uniform (Glorot and Bengio, 2010).</summary>
internal static class KerasInit
{
    /// <summary>Keras's Dense: Glorot uniform weights, biases of zero.</summary>
    public static Linear Dense(int inputs, int outputs)
    {
        Linear layer = nn.Linear(inputs, outputs);
        nn.init.xavier_uniform_(layer.weight);
        nn.init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>Scikit-learn's MLPClassifier: weights and biases uniform within ±√(6 / (inputs + outputs)), which is
    /// Glorot's bound for ReLU.</summary>
    public static Linear SklearnLayer(int inputs, int outputs)
    {
        Linear layer = nn.Linear(inputs, outputs);
        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        nn.init.uniform_(layer.weight, -bound, bound);
        nn.init.uniform_(layer.bias!, -bound, bound);
        return layer;
    }
}
