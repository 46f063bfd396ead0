using System.Diagnostics;
using System.Text.Json;

namespace SignalLab.Tests.Cli;

/// <summary>Runs the built program as its users do: as a process.</summary>
internal static class CommandLine
{
    public sealed record Outcome(int Status, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        public Outcome Done()
        {
            Assert.True(Status == 0, $"exit {Status}: {Error}");
            return this;
        }
    }

    public static Outcome Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "signallab.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), "the program did not end within a minute");
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>Asserts the contract of a refusal: this status, one line, no stack trace.</summary>
    public static void AssertRefused(int status, params string[] arguments)
    {
        var outcome = Run(arguments);
        Assert.True(status == outcome.Status, $"{string.Join(' ', arguments)}: exit {outcome.Status}, expected {status}: {outcome.Error}");
        var line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("signallab: ", line, StringComparison.Ordinal);
    }
}
