using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Writes FIFF as MNE does: samples as 32-bit floats in SI units, relative error at most 6·10⁻⁸.</summary>
public static class FiffWriter
{
    private const int LargestBufferBytes = 1 << 22;

    /// <summary>
    /// Writes a continuous recording; gaps become data skips, at the nearest whole sample. What does not fit 2 GB goes on in further files beside it, as MNE splits
    /// recordings: <c>raw.fif</c>, <c>raw-1.fif</c>, <c>raw-2.fif</c>, each of which names its neighbours.
    /// </summary>
    /// <param name="recording">All channels of one rate and length.</param>
    /// <param name="path">The file; each file appears whole or not at all. A path that ends in <c>.gz</c> is zipped.</param>
    /// <returns>What the format keeps in another way or not at all.</returns>
    /// <exception cref="UnfitInputException">Rates differ, there is no channel, or the recording has more than 2^31 samples.</exception>
    public static IReadOnlyList<Loss> WriteRaw(Recording recording, string path) => WriteRaw(recording, path, TagWriter.LargestFile);

    /// <summary>Writes with another length at which the recording goes on in a further file.</summary>
    internal static IReadOnlyList<Loss> WriteRaw(Recording recording, string path, long largestFile)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireOneRate(recording, path);
        var losses = SingleFloats.LossOf(recording, "FIFF").ToList();
        var channels = WrittenChannel.Of(recording, losses);
        var parts = WrittenPart.Of(path, recording.Channels[0].SampleCount, sizeof(float) * (long)channels.Count, largestFile);
        foreach (var part in parts)
        {
            WritePart(recording, channels, part, parts);
        }

        return losses;
    }

    /// <summary>Writes averages, one evoked block a condition; a standard error follows its average as a second aspect.</summary>
    /// <param name="conditions">At least one, all of the same channels; nave is rounded to a whole number.</param>
    /// <param name="path">The file; it appears whole or not at all. A path that ends in <c>.gz</c> is zipped.</param>
    /// <returns>What the format keeps in another way or not at all.</returns>
    /// <exception cref="UnfitInputException">A recording is no average, or channels differ between conditions.</exception>
    public static IReadOnlyList<Loss> WriteEvoked(IReadOnlyList<Recording> conditions, string path)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentOutOfRangeException.ThrowIfZero(conditions.Count, nameof(conditions));
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireAverages(conditions, path);
        var losses = SingleFloats.LossOf(conditions[0], "FIFF").ToList();
        var channels = WrittenChannel.Of(conditions[0], losses);
        if (conditions.Any(c => c.Evoked!.AverageCount != Math.Round(c.Evoked.AverageCount)))
        {
            losses.Add(new(Aspect.Average, "FIFF counts averages in whole numbers: the effective number was rounded."));
        }

        TagWriter.File(path, conditions[0].Start, tags => tags.Block(BlockKind.Measurement, () =>
        {
            MeasurementWriter.Write(tags, conditions[0], channels);
            tags.Block(BlockKind.ProcessedData, () =>
            {
                foreach (var condition in conditions)
                {
                    WriteCondition(tags, condition, channels, conditions);
                }
            });
        }));
        return losses;
    }

    private static void WriteCondition(TagWriter tags, Recording condition, IReadOnlyList<WrittenChannel> channels, IReadOnlyList<Recording> all) => tags.Block(BlockKind.Evoked, () =>
    {
        var evoked = condition.Evoked!;
        var (comment, aspect) = EvokedRecordings.AspectOf(evoked.Condition);
        var count = checked((int)condition.Channels[0].SampleCount);
        var first = (int)Math.Round(evoked.FirstLatencySeconds * condition.Channels[0].RateHz);
        tags.Text(TagKind.Comment, comment);
        tags.Float(TagKind.FirstTime, evoked.FirstLatencySeconds);
        tags.Ints(TagKind.SampleCount, count);
        tags.Ints(TagKind.FirstSample, first);
        tags.Ints(TagKind.LastSample, first + count - 1);
        if (evoked.Baseline is var (from, to))
        {
            tags.Float(TagKind.MneBaselineFrom, from);
            tags.Float(TagKind.MneBaselineTo, to);
        }

        WriteAspect(tags, condition.Samples, aspect, evoked, count, channels);
        var hasOwnBlock = all.Any(c => EvokedRecordings.AspectOf(c.Evoked!.Condition) == (comment, EvokedRecordings.StandardError));
        if (evoked.StandardError is { } error && !hasOwnBlock)
        {
            WriteAspect(tags, error, EvokedRecordings.StandardError, evoked, count, channels);
        }
    });

    private static void WriteAspect(TagWriter tags, ISampleSource samples, int aspect, Evoked evoked, int count, IReadOnlyList<WrittenChannel> channels) => tags.Block(BlockKind.Aspect, () =>
    {
        tags.Ints(TagKind.AspectKind, aspect);
        tags.Ints(TagKind.AverageCount, (int)Math.Clamp(Math.Round(evoked.AverageCount), 1, int.MaxValue));
        tags.Matrix(TagKind.Epoch, channels.Count, count, (c, row) =>
        {
            samples.Read(c, 0, row);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (row[i] * channels[c].Factor) + (aspect == EvokedRecordings.StandardError ? 0 : channels[c].Offset);
            }
        });
    });

    // Annotations stand in the first file alone: a reader of all takes them together.
    private static void WritePart(Recording recording, IReadOnlyList<WrittenChannel> channels, WrittenPart part, IReadOnlyList<WrittenPart> parts) =>
        TagWriter.File(part.Path, recording.Start, tags => tags.Block(BlockKind.Measurement, () =>
        {
            MeasurementWriter.Write(tags, recording, channels);
            if (part == parts[0])
            {
                WriteAnnotations(tags, recording);
            }

            tags.Block(BlockKind.RawData, () =>
            {
                var runs = part.Runs(recording).ToList();
                var first = part == parts[0] || runs.Count == 0 ? 0 : Math.Round(runs[0].OnsetSeconds * recording.Channels[0].RateHz);
                tags.Ints(TagKind.FirstSample, first <= int.MaxValue ? (int)first : throw new UnfitInputException($"{parts[0].Path}: has more than 2^31 samples, which FIFF cannot count; write a shorter stretch."));
                part.WriteReferences(tags, parts);
                WriteBuffers(tags, recording, channels, runs, (long)first);
            });
        }));

    private static void WriteBuffers(TagWriter tags, Recording recording, IReadOnlyList<WrittenChannel> channels, List<SampleRun> runs, long at)
    {
        var rate = recording.Channels[0].RateHz;
        var size = (int)Math.Max(1, Math.Min(Math.Round(rate), LargestBufferBytes / (4 * channels.Count)));
        int[] all = [.. Enumerable.Range(0, channels.Count)];
        var values = new double[size * channels.Count];
        var bytes = new byte[4 * values.Length];
        foreach (var run in runs)
        {
            var gap = Math.Max(0, (long)Math.Round(run.OnsetSeconds * rate) - at);
            var next = run.FirstSample;
            if (gap > 0)
            {
                // Skips count buffers of the size of the one that follows: one that divides the gap.
                var divisor = (int)Math.Min(size, run.Count);
                for (; gap % divisor != 0; divisor--)
                {
                }

                tags.Ints(TagKind.DataSkip, gap / divisor <= int.MaxValue ? (int)(gap / divisor) : throw new UnfitInputException("A gap in the recording is longer than FIFF can state; write its parts one by one."));
                WriteBuffer(divisor);
            }

            while (next < run.EndSample)
            {
                WriteBuffer((int)Math.Min(size, run.EndSample - next));
            }

            at += gap + run.Count;

            void WriteBuffer(int count)
            {
                recording.Samples.Read(all, next, count, values.AsSpan(0, count * channels.Count));
                Interleave(values, count, channels, bytes);
                tags.Bytes(TagKind.DataBuffer, DataType.Float, bytes.AsSpan(0, 4 * count * channels.Count));
                next += count;
            }
        }
    }

    // Channel by channel to sample by sample.
    private static void Interleave(double[] values, int count, IReadOnlyList<WrittenChannel> channels, byte[] bytes)
    {
        for (var c = 0; c < channels.Count; c++)
        {
            var (factor, offset) = (channels[c].Factor, channels[c].Offset);
            for (var t = 0; t < count; t++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4 * ((t * channels.Count) + c)), (float)((values[(c * count) + t] * factor) + offset));
            }
        }
    }

    private static void WriteAnnotations(TagWriter tags, Recording recording)
    {
        var annotations = recording.Annotations;
        if (annotations.Count == 0)
        {
            return;
        }

        tags.Block(BlockKind.MneAnnotations, () =>
        {
            tags.Doubles(TagKind.MneBaselineFrom, [.. annotations.Select(a => a.OnsetSeconds)]);
            tags.Doubles(TagKind.MneBaselineTo, [.. annotations.Select(a => a.OnsetSeconds + a.DurationSeconds)]);
            tags.Text(TagKind.Comment, string.Join(':', annotations.Select(a => a.Text.Replace(":", FiffAnnotations.Colon, StringComparison.Ordinal))));
            if (recording.Start is not null)
            {
                var (seconds, microseconds) = TagWriter.Stamp(recording.Start);
                tags.Doubles(TagKind.MeasurementDate, [seconds, microseconds]);
            }

            if (annotations.Any(a => a.Channel is not null))
            {
                tags.Text(TagKind.MneAnnotationChannels, JsonSerializer.Serialize(annotations.Select(a => a.Channel is { } c ? new[] { c } : [])));
            }
        });
    }

    private static void RequireOneRate(Recording recording, string path)
    {
        if (recording.CommonRateHz is null || recording.Channels.Any(c => c.SampleCount != recording.Channels[0].SampleCount))
        {
            throw new UnfitInputException($"{path}: FIFF holds channels of one rate and length; these differ (or there are none): pick those of one rate or resample them.");
        }
    }

    private static void RequireAverages(IReadOnlyList<Recording> conditions, string path)
    {
        foreach (var condition in conditions)
        {
            RequireOneRate(condition, path);
            if (condition.Evoked is null)
            {
                throw new UnfitInputException($"{path}: only averages can be written as conditions; this recording is continuous.");
            }

            if (!condition.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.Sensor)).SequenceEqual(conditions[0].Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.Sensor))))
            {
                throw new UnfitInputException($"{path}: '{condition.Evoked.Condition}' has other channels than '{conditions[0].Evoked!.Condition}': one FIFF file holds conditions of the same channels.");
            }
        }
    }
}
