using SignalLab.Analysis.Norms;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats.Edf;

namespace SignalLab.UiTests;

/// <summary>Recordings that are too long for the repository.</summary>
internal static class Recordings
{
    private const string Clinic = """
        # id: clinic
        # source: our own patients
        # population: those who came to the clinic
        # licence: ours
        # certainty: own
        measure,unit,sex,age_from_y,age_to_y,low,high
        QRS duration,ms,F,0,120,10,20
        QRS duration,ms,M,0,120,10,500
        """;

    /// <summary>A user's own norms, by which women's QRS complexes are all too long.</summary>
    public static IReadOnlyList<NormSet> OwnNorms()
    {
        var set = NormPack.Read(new StringReader(Clinic), "clinic.csv");
        return [set with { Norms = [.. set.Norms.Select(n => n with { IsOwn = true })] }];
    }

    /// <summary>An ECG that says nothing of its subject.</summary>
    public static void WriteNobody(string from, string path)
    {
        File.WriteAllLines(path + ".hea", File.ReadLines(from + ".hea").Where(l => !l.StartsWith("#<", StringComparison.Ordinal)));
        File.Copy(from + ".dat", Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(from) + ".dat"), overwrite: true);
    }

    /// <summary>Twenty minutes of EEG with a start at eleven at night.</summary>
    public static void WriteNight(string path) => EdfWriter.Write(
        EegSimulation.Create(5, 1200, gaps: false).Data with { Start = new DateTime(2024, 3, 1, 23, 0, 0, DateTimeKind.Unspecified), Annotations = [new(0, 0, "Lights out")] }, path);
}
