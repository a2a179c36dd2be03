namespace SpeechEmotion.Features.Summary;

/// <summary>A group of the summary features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Index of its first value in the vector.</param>
/// <param name="Count">Number of its values.</param>
public sealed record SummaryGroup(string Name, int Start, int Count);
