using System.Diagnostics;
using System.Text.Json;

namespace SignalLab.Tests;

/// <summary>Independent readers in Debian's Python (MNE, biosig, NumPy), where they are installed; a test that needs one is skipped by name where it is not.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs a script that prints one JSON document.</summary>
    /// <param name="modules">The modules without which the test is skipped, between blanks.</param>
    /// <param name="script">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static JsonElement Run(string modules, string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Interpreter), $"Python with {modules} is not at hand");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["script.py"], script);
        using var process = Process.Start(new ProcessStartInfo(Interpreter, [folder["script.py"], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(process.ExitCode != 0 && modules.Split(' ').Any(m => errors.Result.Contains($"No module named '{m}'", StringComparison.Ordinal)), $"Python with {modules} is not at hand");
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Numbers of a JSON array; null is not a number.</summary>
    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];
}
