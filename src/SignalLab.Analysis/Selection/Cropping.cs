using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>Takes a stretch of a recording.</summary>
public static class Cropping
{
    extension(Recording recording)
    {
        /// <summary>
        /// The samples at or after <paramref name="fromSeconds"/> and before <paramref name="toSeconds"/>, gaps kept.
        /// The fastest channel decides the new first sample; a channel of another rate starts with its sample nearest to it, and a remark says so where it is not at the same instant.
        /// Annotations that touch the stretch are kept whole, so that one may begin before it.
        /// </summary>
        /// <param name="fromSeconds">Start, in seconds since the first sample.</param>
        /// <param name="toSeconds">End, excluded; null for the recording's end.</param>
        /// <returns>A recording whose time counts from the new first sample.</returns>
        /// <exception cref="UnfitInputException">Nothing was recorded in that stretch.</exception>
        public Recording Crop(double fromSeconds, double? toSeconds = null)
        {
            var lead = Fastest(recording);
            var first = lead < 0 ? 0 : recording.SampleAt(lead, fromSeconds);
            var end = lead < 0 ? 0 : toSeconds is { } to ? recording.SampleAt(lead, to) : recording.Channels[lead].SampleCount;
            if (double.IsNaN(fromSeconds) || toSeconds is double.NaN || end <= first)
            {
                var zero = recording.Evoked?.FirstLatencySeconds ?? 0;
                throw new UnfitInputException(FormattableString.Invariant(
                    $"Nothing was recorded from {zero + fromSeconds} s to {zero + (toSeconds ?? recording.DurationSeconds)} s: the {(recording.Evoked is null ? "recording" : "average")} spans {zero} s to {zero + recording.DurationSeconds} s, gaps excluded."));
            }

            return Between(recording, lead, first, end) with
            {
                Provenance = recording.Provenance.Then(ProcessingStep.Of("crop", ("from_s", fromSeconds), ("to_s", toSeconds))),
            };
        }

        /// <summary>A number of stored samples of every channel.</summary>
        /// <param name="first">First sample.</param>
        /// <param name="count">Number of samples, &gt; 0.</param>
        /// <returns>A recording whose time counts from that sample.</returns>
        /// <exception cref="UnfitInputException">The channels' rates differ, or the stretch is empty or leaves the recording.</exception>
        public Recording CropSamples(long first, long count)
        {
            var lead = Fastest(recording);
            if (recording.CommonRateHz is null)
            {
                throw new UnfitInputException("The channels have different sampling rates: a stretch counted in samples needs channels of one rate, pick them first.");
            }

            var stored = recording.Channels[lead].SampleCount;
            return first >= 0 && count > 0 && first <= stored - count
                ? Between(recording, lead, first, first + count) with
                {
                    Provenance = recording.Provenance.Then(ProcessingStep.Of("crop", ("first_sample", first), ("samples", count))),
                }
                : throw new UnfitInputException($"{count} samples from sample {first} are asked for, the recording has {stored} (counted from 0).");
        }
    }

    private static int Fastest(Recording recording) =>
        recording.Channels.Count == 0 ? -1 : Enumerable.Range(0, recording.Channels.Count).MaxBy(c => recording.Channels[c].RateHz);

    private static Recording Between(Recording recording, int lead, long first, long end)
    {
        var leadRate = recording.Channels[lead].RateHz;
        var zero = recording.TimeOf(lead, first);
        var last = recording.TimeOf(lead, end - 1) + (1 / leadRate);
        var segments = Stretches(recording, lead, first, end, zero);
        var channels = recording.Channels.ToArray();
        var (firsts, counts) = (new long[channels.Length], new long[channels.Length]);
        var apart = new List<string>();
        for (var c = 0; c < channels.Length; c++)
        {
            var same = channels[c].RateHz == leadRate && channels[c].Segments is null && channels[lead].Segments is null;
            firsts[c] = Math.Min(channels[c].SampleCount, same ? first : Nearest(recording, c, zero));
            counts[c] = Math.Min(channels[c].SampleCount, same ? end : Nearest(recording, c, last)) - firsts[c];
            var own = channels[c].Segments is null ? null : Stretches(recording, c, firsts[c], firsts[c] + counts[c], zero);
            channels[c] = channels[c] with { SampleCount = counts[c], Segments = own };
            if (counts[c] > 0 && own is null && Math.Abs(recording.TimeOf(c, firsts[c]) - zero) * leadRate > 1e-3)
            {
                apart.Add(channels[c].Label);
            }
        }

        return recording with
        {
            Channels = channels,
            Samples = new CroppedSamples(recording.Samples, firsts, counts),
            Segments = segments,
            Annotations = [.. recording.Annotations.Where(a => a.OnsetSeconds < last && (a.OnsetSeconds >= zero || a.OnsetSeconds + a.DurationSeconds > zero))
                .Select(a => a with { OnsetSeconds = a.OnsetSeconds - zero })],
            Start = recording.Start?.AddTicks((long)Math.Round(zero * TimeSpan.TicksPerSecond)),
            Evoked = recording.Evoked is { } evoked
                ? evoked with
                {
                    FirstLatencySeconds = evoked.FirstLatencySeconds + zero,
                    StandardError = evoked.StandardError is { } error ? new CroppedSamples(error, firsts, counts) : null,
                }
                : null,
            Remarks = apart.Count == 0 ? recording.Remarks :
            [
                .. recording.Remarks,
                $"Cut between samples of {string.Join(", ", apart)}: shown up to half of their sampling interval off.",
            ],
        };
    }

    // A stretch of stored samples as uninterrupted stretches of time.
    private static List<Segment> Stretches(Recording recording, int channel, long first, long end, double zero)
    {
        var segments = new List<Segment>();
        var rate = recording.Channels[channel].RateHz;
        foreach (var run in recording.Runs(channel))
        {
            var (from, to) = (Math.Max(first, run.FirstSample), Math.Min(end, run.EndSample));
            if (from < to)
            {
                segments.Add(new(run.OnsetSeconds + ((from - run.FirstSample) / rate) - zero, (to - from) / rate));
            }
        }

        return segments;
    }

    // The stored sample nearest to a time; inside a gap the next segment's first.
    private static long Nearest(Recording recording, int channel, double timeSeconds)
    {
        foreach (var run in recording.Runs(channel))
        {
            var offset = (long)Math.Round((timeSeconds - run.OnsetSeconds) * recording.Channels[channel].RateHz);
            if (offset < run.Count)
            {
                return run.FirstSample + Math.Max(0, offset);
            }
        }

        return recording.Channels[channel].SampleCount;
    }
}
