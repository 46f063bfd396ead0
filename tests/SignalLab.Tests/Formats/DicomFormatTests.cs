using SignalLab.Formats;
using SignalLab.Formats.Dicom;

namespace SignalLab.Tests.Formats;

public sealed class DicomFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new DicomFormat();

    protected override double OpeningShare => 1.2;

    protected override IEnumerable<string> RealSamples =>
        ["imaging/ct/CT_small.dcm", "imaging/mr/MR_small_bigendian.dcm", "imaging/mr/emri_small_RLE.dcm", "imaging/us/color-px.dcm", "imaging/seg_pm/liver_deflate.dcm", "imaging/seg_pm/image_dfl.dcm", "ecg/dicom/waveform_ecg.dcm"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var (name, syntax) in new[]
        {
            ("implicit", DicomSample.Implicit), ("explicit", DicomSample.Explicit), ("big", DicomSample.Big), ("deflated", DicomSample.Deflated), ("rle", DicomSample.Rle), ("frames", DicomSample.DeflatedFrames),
        })
        {
            var sample = DicomSample.Image(7, 5, i => (i * 37) - 100, frames: 3, signed: true).At(1, 2, 3, 0.5).With(0x00281052, "DS", "-1024").With(0x00281053, "DS", "1");
            sample.Syntax = syntax;
            yield return sample.Write(Path.Combine(scratch, name + ".dcm"));
        }

        foreach (var (name, syntax) in new[] { ("wave-implicit", DicomSample.Implicit), ("wave-explicit", DicomSample.Explicit), ("wave-deflated", DicomSample.Deflated) })
        {
            var wave = DicomWaveformTests.TwoGroups();
            wave.Syntax = syntax;
            yield return wave.Write(Path.Combine(scratch, name + ".dcm"));
        }

        var raw = DicomSample.Image(6, 4, i => i);
        raw.HasMeta = false;
        raw.Syntax = DicomSample.Implicit;
        yield return raw.With(0x00080005, "CS", "ISO_IR 100").Write(Path.Combine(scratch, "raw.dcm"));
    }
}
