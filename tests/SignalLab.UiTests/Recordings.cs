using SignalLab.Analysis.Norms;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.UiTests;

/// <summary>Recordings and images that are too many or too long for the repository.</summary>
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

    /// <summary>A dataset of one subject: an EEG whose electrodes were measured in the scanner, the image of that scanner, and its tissues as labels with their names.</summary>
    public static void WriteSubject(string folder, string eeg, string image)
    {
        foreach (var part in new[] { "eeg", "anat" })
        {
            Directory.CreateDirectory(Path.Combine(folder, "sub-01", part));
        }

        File.WriteAllText(Path.Combine(folder, "dataset_description.json"), """{ "Name": "simulated", "BIDSVersion": "1.10.0" }""");
        File.Copy(eeg, Path.Combine(folder, "sub-01/eeg/sub-01_task-rest_eeg.edf"));
        File.WriteAllText(Path.Combine(folder, "sub-01/eeg/sub-01_electrodes.tsv"), "name\tx\ty\tz\nCz\t3\t-6\t60\nFz\t0\t50\t55\nPz\t0\t-60\t50\nC3\t-55\t0\t40\nC4\t55\t0\t40\nO1\t-20\t-85\t10\nO2\t20\t-85\t10\n");
        File.WriteAllText(Path.Combine(folder, "sub-01/eeg/sub-01_coordsystem.json"), """{ "EEGCoordinateSystem": "ScanRAS", "EEGCoordinateUnits": "mm" }""");
        File.Copy(image, Path.Combine(folder, "sub-01/anat/sub-01_T1w.nii.gz"));
        var map = KnownFormats.Open(image).Maps[0];
        double[] tissues = [.. map.ReadFrame().Select(v => v > 500 ? 3.0 : v > 250 ? 2 : v > 60 ? 1 : 0)];
        NiftiWriter.Write(map with { Values = new MemoryValues(tissues, tissues.Length) }, Path.Combine(folder, "sub-01/anat/sub-01_dseg.nii"));
        File.WriteAllText(Path.Combine(folder, "sub-01/anat/sub-01_dseg.tsv"), "index\tname\n0\tair\n1\tdark tissue\n2\tgrey tissue\n3\tbright tissue\n");
    }
}
