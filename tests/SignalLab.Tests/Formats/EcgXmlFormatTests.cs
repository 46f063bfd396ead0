using SignalLab.Formats;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Muse;
using SignalLab.Formats.Philips;

namespace SignalLab.Tests.Formats;

public sealed class AecgFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new AecgFormat();

    protected override string Ending => ".xml";

    protected override double OpeningShare => 1.1;

    protected override IEnumerable<string> RealSamples => ["ecg/aecg/fda_subject1_0.xml"];

    protected override IEnumerable<string> Samples(string scratch) => [EcgXmlSample.Aecg(Path.Combine(scratch, "a.xml"))];
}

public sealed class MuseFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new MuseFormat();

    protected override string Ending => ".xml";

    protected override double OpeningShare => 1.1;

    protected override IEnumerable<string> RealSamples => ["ecg/muse/example1.xml"];

    protected override IEnumerable<string> Samples(string scratch) => [EcgXmlSample.Muse(Path.Combine(scratch, "m.xml"))];
}

public sealed class SierraFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new SierraFormat();

    protected override string Ending => ".xml";

    protected override double OpeningShare => 1.1;

    protected override IEnumerable<string> RealSamples => ["ecg/philips/sierra_1_03_repbeats.xml"];

    protected override IEnumerable<string> Samples(string scratch) =>
        [EcgXmlSample.Sierra(Path.Combine(scratch, "xli.xml"), isXli: true), EcgXmlSample.Sierra(Path.Combine(scratch, "plain.xml"), isXli: false)];
}
