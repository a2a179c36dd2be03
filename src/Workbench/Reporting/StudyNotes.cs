namespace SpeechEmotion.Reporting;

/// <summary>What a report says of a study that its results do not hold.</summary>
/// <param name="DataNote">Something of the data that a reader must know first, such as that the voice is synthetic; null says nothing.</param>
/// <param name="Protocol">The split in plain words.</param>
/// <param name="Command">The command line that repeats the study.</param>
/// <param name="PlannedRuns">Runs in the whole study; null counts models, label sets, folds and seeds of the study file, taking
/// the folds that the results hold where the file names none.</param>
/// <param name="Faults">A sentence for each model whose protocol has faults that flatter or hinder it; null or empty where none has.</param>
public sealed record StudyNotes(string? DataNote, string Protocol, string Command, int? PlannedRuns = null, IReadOnlyList<string>? Faults = null);
