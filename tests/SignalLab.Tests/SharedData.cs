using System.Text.Json;

namespace SignalLab.Tests;

/// <summary>Real files with independent reference values, where they are at hand: <c>../shared/data</c> beside the checkout or <c>SIGNALLAB_TEST_DATA</c>.</summary>
internal static class SharedData
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string? Folder { get; } = new[]
        {
            Environment.GetEnvironmentVariable("SIGNALLAB_TEST_DATA"),
            Path.Combine(RepositoryRoot, "..", "shared", "data"),
        }.FirstOrDefault(f => f is not null && Directory.Exists(f));

    /// <summary>Full path of a real file; the test is skipped by name where the data are not at hand.</summary>
    public static string File(string relative)
    {
        Assert.SkipWhen(Folder is null, $"real recordings are not at hand (SIGNALLAB_TEST_DATA): {relative}");
        return Path.GetFullPath(Path.Combine(Folder!, relative));
    }

    /// <summary>A reference document; bare NaN and Infinity, which JSON does not know, become null.</summary>
    public static JsonElement Oracle(string relative) =>
        JsonDocument.Parse(System.Text.RegularExpressions.Regex.Replace(System.IO.File.ReadAllText(File(relative)), @"(?<=[\[,:]\s*)-?(NaN|Infinity)(?=\s*[\],}])", "null")).RootElement;

    /// <summary>Names of the reference documents in a folder whose name starts so, without the folder; empty where the data are not at hand.</summary>
    public static IEnumerable<string> Oracles(string folder, string prefix) =>
        Folder is null ? [] : Directory.EnumerateFiles(Path.Combine(Folder, folder), prefix + "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>The rule of the reference data: max |difference| at most tolerance times the reference's RMS (or half its last printed digit).</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, double halfLastDigit = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        var sum = 0.0;
        var worst = 0.0;
        var at = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            sum += expected[i] * expected[i];
            var difference = Math.Abs(expected[i] - actual[i]);
            if (!(difference <= worst))
            {
                (worst, at) = (difference, i);
            }
        }

        var allowed = Math.Max(tolerance * Math.Sqrt(sum / Math.Max(1, expected.Length)), halfLastDigit);
        Assert.True(worst <= allowed, FormattableString.Invariant($"value {at}: expected {(expected.Length > at ? expected[at] : 0):R}, got {(actual.Length > at ? actual[at] : 0):R}, difference {worst:E3} > allowed {allowed:E3}"));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "SignalLab.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("SignalLab.sln is not above the test program.");
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("signallab-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
