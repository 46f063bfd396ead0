using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using SignalLab.Cli.Verbs;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>The verbs, and how each failure becomes one line and an exit status.</summary>
internal static class Program
{
    public static string Version { get; } =
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The call for the provenance of what it writes: as it was typed, save where that would tell whose data they are.</summary>
    public static string CommandLine { get; set; } = "signallab";

    public static int Main(string[] args)
    {
        if (args is ["--version"])
        {
            Console.Out.WriteLine($"signallab {Version}");
            return ExitCode.Done;
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupted);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupted);
        return Run(args);
    }

    public static int Run(string[] args)
    {
        CommandLine = string.Join(' ', args.Select(a => a.AsSpan().IndexOfAny(" \t'\"") < 0 ? a : $"\"{a}\"").Prepend("signallab"));
        var root = new RootCommand("SignalLab: reads, filters, measures and shows physiological signals and parameter maps.");
        root.Options.Add(Common.Debug);
        root.Options.Add(Common.Quiet);
        foreach (var verb in AllVerbs())
        {
            root.Subcommands.Add(verb);
        }

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            Console.Error.WriteLine($"signallab: {parsed.Errors[0].Message} Try 'signallab {parsed.CommandResult.Command.Name} --help'.");
            return ExitCode.BadUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (StatusOf(e) is var status)
        {
            Console.Error.WriteLine($"signallab: {LineOf(e, status)}");
            if (parsed.GetValue(Common.Debug))
            {
                Console.Error.WriteLine(e);
            }

            return status;
        }
    }

    /// <summary>The exit status an error leads to.</summary>
    public static int StatusOf(Exception error) => error switch
    {
        UsageException => ExitCode.BadUsage,
        MalformedFileException or UnfitInputException or IOException or UnauthorizedAccessException => ExitCode.UnfitInput,
        OperationCanceledException => ExitCode.Interrupted,
        AggregateException { InnerException: { } inner } => StatusOf(inner),
        _ => ExitCode.Defect,
    };

    /// <summary>The one line that describes an error.</summary>
    public static string LineOf(Exception error, int status)
    {
        var cause = error is AggregateException { InnerException: { } inner } ? inner : error;
        var line = cause.Message.ReplaceLineEndings(" ");
        return status == ExitCode.Defect ? $"a defect of ours, please report it: {cause.GetType().Name}: {line} (--debug shows where)" : line;
    }

    private static IEnumerable<Command> AllVerbs() =>
    [
        InfoVerb.Create(),
        ExportVerb.Create(),
        FilterVerb.Create(),
        MontageVerb.Create(),
        SpectrumVerb.Create(),
        ArtifactsVerb.Create(),
        IcaVerb.Create(),
        TimefreqVerb.Create(),
        GraphVerb.Create(),
        MapVerb.Create(),
        AverageVerb.Create(),
        SliceVerb.Create(),
        EcgVerb.Create(),
        ReportVerb.Create(),
        ReviewVerb.Create(),
        SimulateVerb.Create(),
        ValidateVerb.Create(),
        NormsVerb.Create(),
    ];

    private static void Interrupted(PosixSignalContext context)
    {
        OutputFile.DiscardUnfinished();
        Environment.Exit(ExitCode.Interrupted);
    }
}
