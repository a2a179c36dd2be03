namespace SpeechEmotion.Configuration;

/// <summary>Collects what is wrong in config files, so that a user sees every mistake at once.</summary>
/// <param name="option">The option of the command line that gives keys, or what stands for one in a file.</param>
internal sealed class ConfigErrors(string option = ConfigNode.Override)
{
    private readonly List<string> _lines = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Adds `file:line: key: reason`, or `--set key: reason`.</summary>
    public void Add(string where, string key, string reason)
    {
        _keys.Add(key);
        string line = where == option ? $"{where} {key}: {reason}"
            : key.Length == 0 ? $"{where}: {reason}"
            : $"{where}: {key}: {reason}";
        if (!_lines.Contains(line))
        {
            _lines.Add(line);
        }
    }

    /// <summary>True where this key, or one below it, already has an error, so that rules about its value can be skipped.</summary>
    public bool Has(string key) => _keys.Any(wrong => wrong.StartsWith(key, StringComparison.Ordinal)
        && (wrong.Length == key.Length || wrong[key.Length] is '.' or '['));

    /// <summary>Throws one exception with a line for each error.</summary>
    public void ThrowIfAny()
    {
        if (_lines.Count > 0)
        {
            throw new InputException(string.Join('\n', _lines));
        }
    }
}
