namespace SignalLab.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Defect = 1;
    public const int BadUsage = 2;
    public const int UnfitInput = 3;
    public const int Partly = 4;
    public const int Interrupted = 130;
}

/// <summary>The command was called wrongly: one line that says how to call it.</summary>
internal sealed class UsageException(string message) : Exception(message);
