namespace SpeechEmotion.Tests;

/// <summary>Sets an environment variable of this process; disposal restores its former value.</summary>
internal sealed class WithVariable : IDisposable
{
    private readonly string _name;
    private readonly string? _before;

    public WithVariable(string name, string value)
    {
        (_name, _before) = (name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
}
