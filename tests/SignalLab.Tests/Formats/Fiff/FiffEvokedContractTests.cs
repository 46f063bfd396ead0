using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public class FiffEvokedContractTests : FormatContract
{
    protected override IFormat Format { get; } = new FiffFormat();

    protected override IEnumerable<string> RealSamples => ["meg/fif/erpcore/sub-015_ses-P3_task-P3_ave.fif"];

    protected override Action<Study, string>? Writer => (study, path) => FiffWriter.WriteEvoked(study.Recordings, path);

    protected override string Ending => "-ave.fif";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "three-ave.fif");
        FiffWriter.WriteEvoked(FiffSamples.Evoked(3), path);
        return [path];
    }

    protected override void AssertEquivalent(Study expected, Study actual) => FiffEquality.AssertSame(expected, actual);
}
