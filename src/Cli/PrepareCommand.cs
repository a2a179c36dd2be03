using System.CommandLine;

namespace SpeechEmotion.Cli;

internal static class PrepareCommand
{
    public static Command Build() => new Verb("prepare", "x", "ser prepare");
}
