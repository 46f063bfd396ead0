using System.CommandLine;

namespace SignalLab.Cli;

/// <summary>Arguments and options that many verbs share, spelled once.</summary>
internal static class Common
{
    public static Option<bool> Debug { get; } = new("--debug") { Description = "Show where an error arose.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no remarks.", Recursive = true };

    public static Option<bool> Force { get; } = new("--force", "-f") { Description = "Replace an existing output file." };

    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON document on the standard output." };

    public static Option<string> Channels { get; } = new("--channels") { Description = "Names, globs or kinds: Fp1,F3,EEG*,mag." };

    public static Option<string> From { get; } = new("--from") { Description = "Start, in seconds (12.5) or hh:mm:ss; of an average the latency." };

    public static Option<string> To { get; } = new("--to") { Description = "End, excluded, in seconds or hh:mm:ss; of an average the latency." };

    public static Option<string> Condition { get; } = new("--condition") { Description = "Condition of an averaged file: its name or number from 0." };

    public static Argument<string> File(string description = "The file to read.") => new("FILE") { Description = description };

    public static Argument<string> Out(string description) => new("OUT") { Description = description };
}
