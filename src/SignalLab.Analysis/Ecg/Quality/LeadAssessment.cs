using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>How far ECG leads can be trusted, second by second.</summary>
public static class LeadAssessment
{
    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab lead quality 1";

    /// <summary>No numbers, or a rest at the end of the range for a whole second.</summary>
    public const string LeadOff = "lead off";

    /// <summary>A rest at one value within the range.</summary>
    public const string Flat = "flat";

    /// <summary>Clipped: rests at an extreme value between moving samples.</summary>
    public const string Saturated = "saturated";

    /// <summary>Fast noise that hides waves.</summary>
    public const string Noise = "noise";

    /// <summary>The baseline steps.</summary>
    public const string BaselineJump = "baseline jump";

    private const double FlatMillivolts = 0.005;
    private const double RailMillivolts = 2;
    private const float LongestRest = 0.06f;
    private const float MostMissing = 0.2f;

    // Noise of an eighth of the usual height, and of 30 µV at least, hides P waves and the ends of T waves; three times as much hides beats.
    private const double NoiseShare = 0.125;
    private const double NoiseMillivolts = 0.03;
    private const double Hopeless = 3;
    private const double JumpShare = 0.8;
    private const double JumpMillivolts = 0.5;
    private const float Troubled = 0.5f;

    extension(Recording recording)
    {
        /// <summary>Assesses leads; each is read once, second by second.</summary>
        /// <param name="leads">Channel indices.</param>
        /// <returns>One quality a lead. A second counts 1 where it is clean, 0 where nothing can be told from it, and less than a half where a trouble is named.</returns>
        public IReadOnlyList<LeadQuality> AssessLeads(IReadOnlyList<int> leads)
        {
            ArgumentNullException.ThrowIfNull(leads);
            var qualities = new LeadQuality[leads.Count];
            Parallel.For(0, leads.Count, i => qualities[i] = recording.Assess(leads[i]));
            return qualities;
        }

        private LeadQuality Assess(int lead)
        {
            var channel = recording.Channels[lead];
            var length = Math.Max(1, (int)Math.Round(channel.RateHz));
            var seconds = new List<(double Onset, double Duration, SecondOfLead Of)>();
            var (block, scratch) = (new double[length], new double[length]);
            foreach (var run in recording.Runs(lead))
            {
                for (long at = 0; at < run.Count; at += length)
                {
                    var part = block.AsSpan(0, (int)Math.Min(length, run.Count - at));
                    recording.Samples.Read(lead, run.FirstSample + at, part);
                    seconds.Add((run.OnsetSeconds + (at / channel.RateHz), part.Length / channel.RateHz, SecondOfLead.Of(part, channel.RateHz, scratch)));
                }
            }

            var millivolt = Unit.Millivolt.ConvertsTo(channel.Unit) ? Unit.Millivolt.Convert(1, channel.Unit) : 0;
            var (level, height) = Usual(seconds.ConvertAll(s => s.Of));
            var origin = new Origin(OriginKind.Algorithm, Method);
            var (scores, troubles) = (new float[seconds.Count], new List<Annotation>());
            for (var i = 0; i < scores.Length; i++)
            {
                var (score, trouble) = Judge(seconds[i].Of, level, height, millivolt);
                scores[i] = score;
                if (trouble is null)
                {
                    continue;
                }

                var (onset, duration) = (seconds[i].Onset, seconds[i].Duration);
                if (troubles.Count > 0 && troubles[^1].Text == trouble && Math.Abs(troubles[^1].OnsetSeconds + troubles[^1].DurationSeconds - onset) < 1e-6)
                {
                    troubles[^1] = troubles[^1] with { DurationSeconds = onset + duration - troubles[^1].OnsetSeconds };
                }
                else
                {
                    troubles.Add(new(onset, duration, trouble, channel.Label) { Origin = origin });
                }
            }

            return new(lead, scores.Length == 0 ? 0 : (double)scores.Count(s => s >= Troubled) / scores.Length, scores, troubles);
        }
    }

    /// <summary>Whether anything can be told at a time from any of the leads.</summary>
    /// <param name="qualities">The leads' qualities.</param>
    /// <param name="second">Index of a second of stored signal.</param>
    internal static bool IsFit(IReadOnlyList<LeadQuality> qualities, int second) =>
        qualities.Any(q => second >= q.Seconds.Count || q.Seconds[second] > 0);

    /// <summary>What hides beats: ventricular flutter, or the trouble that lasts longest where no lead can be read for half of its time.</summary>
    /// <param name="examination">With the leads' qualities.</param>
    /// <returns>A sentence after a space; empty where a lead can be read, or none was assessed.</returns>
    internal static string WhatHidesBeats(EcgExamination examination)
    {
        var qualities = examination.Quality;
        var hidden = examination.VentricularFlutter.Count > 0 ? RhythmAnalysis.VentricularFlutter
            : qualities.Count == 0 || qualities.Any(q => q.Score >= Troubled) ? null
            : qualities.SelectMany(q => q.Troubles).GroupBy(t => t.Text).OrderByDescending(g => g.Sum(t => t.DurationSeconds)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault();
        return hidden is null ? "" : $" What the leads hold: {hidden}.";
    }

    private static (float Level, float Height) Usual(List<SecondOfLead> seconds)
    {
        var levels = seconds.Where(s => s.Missing < 1).Select(s => s.Level).Order().ToArray();
        var heights = seconds.Where(s => s.Height > 0).Select(s => s.Height).Order().ToArray();
        return (levels.Length == 0 ? 0 : levels[levels.Length / 2], heights.Length == 0 ? 0 : heights[heights.Length / 2]);
    }

    private static (float Score, string? Trouble) Judge(SecondOfLead second, float level, float height, double millivolt)
    {
        if (second.Missing > MostMissing)
        {
            return (0, LeadOff);
        }

        if (second.Height <= FlatMillivolts * millivolt)
        {
            return (0, millivolt > 0 && Math.Abs(second.Level - level) > RailMillivolts * millivolt ? LeadOff : Flat);
        }

        if (second.Clipped > LongestRest)
        {
            return (0, Saturated);
        }

        var noise = second.Noise / Math.Max(Math.Max(NoiseShare * height, NoiseMillivolts * millivolt), double.Epsilon);
        if (noise > 1)
        {
            return ((float)(0.5 * Math.Max(0, (Hopeless - noise) / (Hopeless - 1))), Noise);
        }

        return second.Jump > Math.Max(JumpShare * height, JumpMillivolts * millivolt) ? (0.3f, BaselineJump) : ((float)(1 - (0.5 * noise)), null);
    }
}
