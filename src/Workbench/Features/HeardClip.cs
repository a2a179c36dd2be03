namespace SpeechEmotion.Features;

/// <summary>A clip as a model hears it.</summary>
/// <param name="Feature">Its features.</param>
/// <param name="Part">The part of it that they are of.</param>
/// <param name="Silent">True where that part is silent by the test for recordings (<see cref="Audio.Recording.IsSilent"/>).</param>
public sealed record HeardClip(Feature Feature, HeardPart Part, bool Silent);

/// <summary>The part of a clip that an answer is of, after its quiet ends are cut off.</summary>
/// <param name="Start">In seconds from the clip's start.</param>
/// <param name="End">In seconds from the clip's start.</param>
/// <param name="Cut">True where more than quiet ends was left out: the model hears no more of a clip at a time.</param>
public sealed record HeardPart(double Start, double End, bool Cut);
