using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

/// <summary>Our measurements of real files beside those that their vendors' programs wrote into them.</summary>
public sealed class VendorAgreementTests
{
    // Tolerances of the mean and of the standard deviation over biological ECGs. Source: IEC 60601-2-25:2011, acceptable differences for biological ECGs.
    private static readonly (string Name, double Mean, double Deviation)[] Intervals =
    [
        ("P duration", 10, 15), ("PR interval", 10, 10), ("QRS duration", 10, 10), ("QT interval", 25, 30),
    ];

    private static readonly string[] Files =
    [
        "ecg/aecg/fda_subject1_0.xml", "ecg/dicom/waveform_ecg.dcm", "ecg/muse/example1.xml", "ecg/muse/example2.xml", "ecg/philips/sierra_1_03_repbeats.xml", "ecg/scp/Example.scp",
    ];

    public static TheoryData<string> Each => [.. Files];

    [Theory]
    [MemberData(nameof(Each))]
    public void Each_file_agrees_with_its_vendor_within_the_tolerance_of_the_mean_and_two_deviations_IEC_60601_2_25(string file)
    {
        var (ours, theirs) = Measured(file);
        var compared = 0;
        foreach (var (name, mean, deviation) in Intervals)
        {
            if (Difference(ours, theirs, name) is { } difference)
            {
                Assert.True(Math.Abs(difference) <= mean + (2 * deviation), $"{file}: {name} differs by {difference:0} ms");
                compared++;
            }
        }

        Assert.True(compared >= 2, $"{file}: only {compared} intervals to compare");
        foreach (var axis in (string[])["P axis", "QRS axis", "T axis"])
        {
            if (Value(theirs, axis) is { } vendor)
            {
                var difference = Math.IEEERemainder(Value(ours, axis)!.Value - vendor, 360);
                Assert.True(Math.Abs(difference) <= 15, $"{file}: {axis} differs by {difference:0} degrees");
            }
        }
    }

    [Fact]
    public void Over_all_files_the_mean_differences_are_within_those_of_IEC_60601_2_25()
    {
        // The SCP file is the aECG's record again.
        var pairs = Files.Where(f => !f.EndsWith(".scp", StringComparison.Ordinal)).Select(Measured).ToArray();
        foreach (var (name, mean, _) in Intervals)
        {
            double[] differences = [.. pairs.Select(p => Difference(p.Ours, p.Theirs, name)).Where(d => d is not null).Select(d => d!.Value)];
            Assert.True(differences.Length >= 3, $"{name}: only {differences.Length} files to compare");
            Assert.True(Math.Abs(differences.Average()) <= mean, $"{name}: differs by {string.Join(", ", differences)} ms");
        }
    }

    private static (IReadOnlyList<Measurement> Ours, IReadOnlyList<Measurement> Theirs) Measured(string file)
    {
        var recording = KnownFormats.Open(SharedData.File(file)).Recordings[0];
        var leads = recording.EcgLeads();
        var beats = recording.DelineateBeats(recording.Examine().Beats, leads);
        var examination = new EcgExamination(recording, leads, beats) { Median = recording.AverageBeats(leads, beats) };
        return (examination.MeasureIntervals(), recording.Measurements);
    }

    private static double? Difference(IReadOnlyList<Measurement> ours, IReadOnlyList<Measurement> theirs, string name) =>
        Vendor(theirs, name) is { } vendor ? (Value(ours, name) ?? double.NaN) - vendor : null;

    // Where the vendor gives no interval, the difference of its marks.
    private static double? Vendor(IReadOnlyList<Measurement> theirs, string name) => Value(theirs, name) ?? name switch
    {
        "P duration" => Value(theirs, "P offset") - Value(theirs, "P onset"),
        "PR interval" => Value(theirs, "QRS onset") - Value(theirs, "P onset"),
        "QRS duration" => Value(theirs, "QRS offset") - Value(theirs, "QRS onset"),
        _ => Value(theirs, "T offset") - Value(theirs, "QRS onset"),
    };

    private static double? Value(IReadOnlyList<Measurement> measurements, string name) =>
        measurements.FirstOrDefault(m => m.Value is not null && m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
