using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Where the waves of each beat begin, peak and end.</summary>
public static class BeatDelineation
{
    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab delineation 1";

    // Beats are delineated in groups; so many more, and seconds of them, are read on either side to be compared with.
    private const int GroupBeats = 200;
    private const double GroupSeconds = 240;
    private const int ContextBeats = 21;
    private const double ContextSeconds = 30;

    extension(Recording recording)
    {
        /// <summary>Marks P wave, QRS complex and T wave of every beat, in each lead and over all leads. No wave is sought beyond a gap.</summary>
        /// <param name="beats">Beats in order of time.</param>
        /// <param name="channels">Indices of the leads, of one rate and length; null for all good ECG channels.</param>
        /// <returns>The beats with their marks; the leads' marks stand in the order of the leads.</returns>
        /// <exception cref="UnfitInputException">There is no lead, or the leads differ in rate or length, or the rate is below <see cref="QrsDetector.LeastRateHz"/>.</exception>
        public IReadOnlyList<Beat> DelineateBeats(IReadOnlyList<Beat> beats, IReadOnlyList<int>? channels = null)
        {
            ArgumentNullException.ThrowIfNull(beats);
            var leads = channels ?? recording.EcgLeads();
            recording.RequireFit(leads);
            var first = recording.Channels[leads[0]];
            var isAbsolute = leads.All(l => recording.Channels[l].Unit.ConvertsTo(Unit.Millivolt));
            var factors = leads.Select(l => isAbsolute ? recording.Channels[l].Unit.To(Unit.Millivolt).Factor : 1).ToArray();
            var marked = beats.ToArray();
            foreach (var run in recording.Runs(leads[0]))
            {
                void Read(int lead, long from, Span<double> into)
                {
                    recording.Samples.Read(leads[lead], run.FirstSample + from, into);
                    for (var i = 0; i < into.Length && factors[lead] != 1; i++)
                    {
                        into[i] *= factors[lead];
                    }
                }

                var (start, end) = (FirstAt(marked, run.FirstSample), FirstAt(marked, run.EndSample));
                var groups = Groups(marked.AsSpan(start, end - start), GroupSeconds * first.RateHz);
                Parallel.ForEach(groups, group =>
                {
                    var (from, to) = (start + group.From, start + group.To);
                    Delineate(Read, leads.Count, run, first.RateHz, isAbsolute, marked, (start, end), (from, to));
                });
            }

            return marked;
        }
    }

    private static int FirstAt(Beat[] beats, long sample)
    {
        var (low, high) = (0, beats.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = beats[middle].Sample < sample ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<(int From, int To)> Groups(ReadOnlySpan<Beat> beats, double mostSamples)
    {
        var groups = new List<(int From, int To)>();
        for (var from = 0; from < beats.Length;)
        {
            var to = from + 1;
            while (to < beats.Length && to - from < GroupBeats && beats[to].Sample - beats[from].Sample < mostSamples)
            {
                to++;
            }

            groups.Add((from, to));
            from = to;
        }

        return groups;
    }

    // Beats are written back one by one, and a beat's place does not change: neighbouring groups may read it at any time.
    private static void Delineate(QrsDetector.LeadReader read, int leadCount, SampleRun run, double rateHz, bool isAbsolute, Beat[] beats, (int From, int To) bounds, (int From, int To) group)
    {
        var (from, to) = (group.From, group.To);
        var context = ContextSeconds * rateHz;
        while (from > bounds.From && group.From - from < ContextBeats && beats[group.From].Sample - beats[from - 1].Sample < context)
        {
            from--;
        }

        while (to < bounds.To && to - group.To < ContextBeats && beats[to].Sample - beats[group.To - 1].Sample < context)
        {
            to++;
        }

        var step = rateHz / BeatWindow.RateHz;
        var places = new long[to - from];
        for (var i = from; i < to; i++)
        {
            places[i - from] = (long)Math.Round((beats[i].Sample - run.FirstSample) / step);
        }

        var first = places[0] - SimilarBeats.Around;
        var grid = new BeatGrid(read, leadCount, run.Count, rateHz, first, (int)(places[^1] - first + SimilarBeats.Around));
        int[] onGrid = [.. places.Select(p => (int)(p - first))];
        var delineator = new BeatDelineator(leadCount);
        var marks = new GridMarks[leadCount];
        var tOff = double.NaN;
        for (var i = Math.Max(from, group.From - 1); i < group.To; i++)
        {
            delineator.Delineate(grid, onGrid, i - from, ref tOff, isAbsolute, marks);
            if (i >= group.From)
            {
                WaveMarks[] leads = [.. GlobalMarks.Sure([.. marks.Select(m => m.Samples(step, first, run.FirstSample, run.Count))])];
                beats[i] = beats[i] with { Leads = leads, Global = GlobalMarks.Join(leads, beats[i].Sample, rateHz) };
            }
        }
    }
}
