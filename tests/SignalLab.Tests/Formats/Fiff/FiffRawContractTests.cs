using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public class FiffRawContractTests : FormatContract
{
    protected override IFormat Format { get; } = new FiffFormat();

    protected override IEnumerable<string> RealSamples =>
        ["meg/fif/test_ctf_comp_raw.fif", "meg/fif/neuromag122_short_raw.fif", "meg/fif/neuromag122_int_raw.fif", "meg/fif/neuromag122_double_raw.fif", "meg/sss/erm_crop_raw_sss.fif"];

    protected override Action<Study, string>? Writer => (study, path) => FiffWriter.WriteRaw(study.Recordings[0], path);

    protected override string Ending => "_raw.fif";

    protected override double OpeningShare => 0.75;

    protected override IEnumerable<string> Samples(string scratch)
    {
        var (whole, gaps) = (Path.Combine(scratch, "whole_raw.fif"), Path.Combine(scratch, "gaps_raw.fif"));
        FiffWriter.WriteRaw(FiffSamples.Raw(1), whole);
        FiffWriter.WriteRaw(FiffSamples.WithGaps(2), gaps);
        return [whole, gaps];
    }

    // Doubles and wide integers are written as 32-bit floats.
    protected override void AssertEquivalent(Study expected, Study actual) => FiffEquality.AssertSame(expected, actual);
}
