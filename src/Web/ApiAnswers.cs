using SpeechEmotion.Features;

namespace SpeechEmotion.Web;

/// <summary>A model's answer for a clip.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Emotion">The most probable class.</param>
/// <param name="Sure">False where its probability is below the model's threshold: then the honest answer is 'not sure'.</param>
/// <param name="Probabilities">Class → calibrated probability; they sum to 1.</param>
/// <param name="Seconds">Length of the clip.</param>
/// <param name="Heard">The part of the clip that the one answer is of.</param>
/// <param name="SampleRate">Sample rate of the upload, in Hz.</param>
/// <param name="Timeline">Answers over a sliding window, where asked for and the clip is longer than one window.</param>
/// <param name="Picture">Waveform and log-mel levels, where asked for.</param>
public sealed record ClipAnswer(
    string Model,
    string Emotion,
    bool Sure,
    IReadOnlyDictionary<string, double> Probabilities,
    double Seconds,
    HeardPart Heard,
    int SampleRate,
    IReadOnlyList<TimelineWindow>? Timeline,
    ClipPicture? Picture);

/// <summary>One window of a timeline.</summary>
/// <param name="Start">In seconds from the clip's start.</param>
/// <param name="End">In seconds from the clip's start.</param>
/// <param name="Emotion">The most probable class.</param>
/// <param name="Sure">False below the model's threshold.</param>
/// <param name="Probabilities">One per class, in the order of the model's classes.</param>
public sealed record TimelineWindow(double Start, double End, string Emotion, bool Sure, IReadOnlyList<double> Probabilities);

/// <summary>A picture of a clip, at most 600 columns wide.</summary>
/// <param name="Low">Lowest sample of each column, as bytes: 0 to 255 for -1 to 1 times the clip's largest magnitude.</param>
/// <param name="High">Highest sample of each column, likewise.</param>
/// <param name="Bands">Number of mel bands of a column, lowest first.</param>
/// <param name="Columns">Number of columns of the log-mel picture.</param>
/// <param name="RangeDb">Range in dB that the bytes 0 to 255 span, up to the clip's loudest level.</param>
/// <param name="Levels">Columns × bands bytes, column by column.</param>
public sealed record ClipPicture(byte[] Low, byte[] High, int Bands, int Columns, double RangeDb, byte[] Levels);

/// <summary>A model as the API lists it.</summary>
/// <param name="Name">Its name, a value of the parameter `model`.</param>
/// <param name="Architecture">Catalog name of the architecture.</param>
/// <param name="Classes">Class names.</param>
/// <param name="Threshold">Least probability of a sure answer.</param>
/// <param name="Temperature">What the logits were divided by to calibrate them.</param>
/// <param name="HeardSeconds">Maximum length of a clip, in seconds, that it uses for one answer.</param>
public sealed record ModelEntry(
    string Name, string Architecture, IReadOnlyList<string> Classes, double Threshold, double Temperature, double HeardSeconds);

/// <summary>The health of the server.</summary>
/// <param name="Status">`ok`.</param>
/// <param name="Models">How many models answer.</param>
public sealed record Health(string Status, int Models);
