using System.Buffers;
using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Writes EDF+ and BDF+ files, continuous or with gaps, reading the recording block by block.</summary>
public static class EdfWriter
{
    // Samples of all channels that are held at once: so many that the margins of a filter before this are small beside them.
    private const int BlockSamples = 1 << 22;

    /// <summary>
    /// Writes a recording. Samples that lie on the integer scale of their channel are stored exactly; others get new steps that span their extent.
    /// The length of a data record is chosen so that every rate gives whole samples and every segment whole records; where none does, the last record of a segment is filled up and annotated.
    /// </summary>
    /// <param name="recording">The recording; gaps make the file discontinuous (+D).</param>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <param name="kind">16 or 24 bits.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops writing; the file is then not whole.</param>
    /// <returns>What the format keeps in another way or not at all of samples, rates and texts; empty for an exact copy.</returns>
    /// <exception cref="UnfitInputException">A label, unit, value or set of rates does not fit the format.</exception>
    public static IReadOnlyList<Loss> Write(
        Recording recording, string path, EdfKind kind = EdfKind.Edf, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var is24Bit = kind == EdfKind.Bdf;
        var plan = EdfRecordPlan.For(recording, EdfWidth.Bytes(is24Bit));
        var blocks = new EdfBlocks(recording, plan, BlockSamples);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);

        // Channels that state their scale are believed until a sample contradicts; only then everything is read twice.
        var own = recording.Channels.Select(c => EdfScale.Own(c, is24Bit)).ToArray();
        if (own.All(s => s is not null) && TryWrite(own!) is { } losses)
        {
            return losses;
        }

        file.SetLength(0);
        var extents = blocks.Extents(cancellation);
        var scales = recording.Channels.Select((c, i) => EdfScale.For(c, extents[i], is24Bit)).ToArray();
        return TryWrite(scales) ?? throw new InvalidOperationException("The recording gave other samples when it was read a second time.");

        List<Loss>? TryWrite(EdfScale[] chosen)
        {
            var session = new EdfWriteSession(recording, plan, blocks, chosen, is24Bit);
            return session.Run(file, progress, cancellation) ? session.Losses : null;
        }
    }
}

/// <summary>One attempt at writing with given scales.</summary>
internal sealed class EdfWriteSession(Recording recording, EdfRecordPlan plan, EdfBlocks blocks, EdfScale[] scales, bool is24Bit)
{
    public List<Loss> Losses { get; } = [];

    /// <summary>Writes the file.</summary>
    /// <returns>False where a sample does not lie on the scale that was to be kept.</returns>
    public bool Run(FileStream file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var width = EdfWidth.Bytes(is24Bit);
        var fraction = recording.Start is { } start ? (decimal)(start.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerSecond : 0;
        var layout = EdfAnnotationLayout.Of([.. recording.Annotations, .. Paddings()], plan, fraction, width);
        Tell();
        file.Write(EdfHeaderWriter.Print(recording, plan, scales, layout.BlockBytes / width, is24Bit, Losses));

        var offsets = new int[plan.SamplesPerRecord.Length + 1];
        for (var c = 0; c < plan.SamplesPerRecord.Length; c++)
        {
            offsets[c + 1] = offsets[c] + (plan.SamplesPerRecord[c] * width);
        }

        var recordBytes = offsets[^1] + layout.BlockBytes;
        var bytes = Array.Empty<byte>();
        var next = 0;
        foreach (var block in blocks.All())
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Resize(ref bytes, Math.Max(bytes.Length, recordBytes * block.Records));
            if (!Encode(block, bytes, recordBytes, offsets))
            {
                return false;
            }

            for (var r = 0; r < block.Records; r++)
            {
                layout.Fill(block.FirstRecord + r, ref next, bytes.AsSpan((r * recordBytes) + offsets[^1], layout.BlockBytes));
            }

            file.Write(bytes.AsSpan(0, recordBytes * block.Records));
            progress?.Report((block.FirstRecord + block.Records) / (double)plan.RecordCount);
        }

        return true;
    }

    // Every channel's samples into their places in the records; false where one does not lie on the scale that was to be kept.
    private bool Encode(EdfBlock block, byte[] bytes, int recordBytes, int[] offsets)
    {
        var isKept = true;
        Parallel.For(0, scales.Length, c =>
        {
            var values = block.Samples(c);
            var rented = ArrayPool<int>.Shared.Rent(values.Length);
            var digital = rented.AsSpan(0, values.Length);
            if (!scales[c].Quantise(values, digital, is24Bit))
            {
                Volatile.Write(ref isKept, false);
            }

            var perRecord = plan.SamplesPerRecord[c];
            for (var r = 0; r < block.Records; r++)
            {
                EdfIntegers.Encode(digital.Slice(r * perRecord, perRecord), is24Bit, bytes.AsSpan((r * recordBytes) + offsets[c]));
            }

            ArrayPool<int>.Shared.Return(rented);
        });
        return isKept;
    }

    // Samples that nobody measured must say so in the file itself.
    private IEnumerable<Annotation> Paddings() => plan.Stretches
        .Where(s => s.PaddedSeconds > 0)
        .Select(s => new Annotation((double)(s.Onset + (s.Records * plan.RecordSeconds)) - s.PaddedSeconds, s.PaddedSeconds, "Padding: not recorded"));

    private void Tell()
    {
        var coarse = Enumerable.Range(0, scales.Length).Where(c => !scales[c].IsKept).OrderByDescending(c => scales[c].Gain).ToArray();
        if (coarse.Length > 0)
        {
            var (worst, scale) = (recording.Channels[coarse[0]], scales[coarse[0]]);
            Losses.Add(new(Aspect.Resolution, FormattableString.Invariant(
                $"{coarse.Length} of {scales.Length} channels are stored in new steps of {(is24Bit ? 24 : 16)} bits; the coarsest is {scale.Gain:G3} {scale.Unit.Symbol} ('{worst.Label}').")));
        }

        for (var c = 0; c < scales.Length; c++)
        {
            if (scales[c].UnitFactor != 1)
            {
                Losses.Add(new(Aspect.Units, $"Channel '{recording.Channels[c].Label}' is stored in {scales[c].Unit.Symbol} instead of {recording.Channels[c].Unit.Symbol}, as the header's limits have eight characters."));
            }
        }

        if (plan.RateError > 1e-12)
        {
            Losses.Add(new(Aspect.Rates, FormattableString.Invariant($"The record duration {plan.RecordSeconds} s is rounded to eight characters: rates change by {plan.RateError:G2} of their value.")));
        }

        if (plan.Stretches.Any(s => s.PaddedSeconds > 0))
        {
            Losses.Add(new(Aspect.Samples, string.Create(CultureInfo.InvariantCulture, $"No record length divides every segment: the last record is filled with up to {plan.Stretches.Max(s => s.PaddedSeconds):G6} s of its last value, marked by an annotation.")));
        }

        var empty = recording.Annotations.Count(a => a.Text.Length == 0);
        if (empty > 0)
        {
            Losses.Add(new(Aspect.Annotations, $"{empty} annotation(s) without text are left out, as EDF+ cannot hold them."));
        }
    }
}
