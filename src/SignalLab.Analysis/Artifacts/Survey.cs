using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>One pass over channels of one rate: what every rule needs, in memory that grows by 16 bytes a channel and half second.</summary>
internal sealed class Survey
{
    private const int BlockValues = 2 << 20;
    private const double LeastSpectralRateHz = 60;
    private const double EyeRateHz = 64;
    private const double CandidateZ = 6;

    private readonly ISampleSource source;
    private readonly FrameSpectra? spectra;
    private readonly int[][] neighbours;
    private readonly int lag;
    private readonly int every;
    private readonly List<StepCandidate>[] candidates;
    private readonly LogHistogram[] steps;

    public Survey(Recording recording, Track[] tracks, double mainsHz, ArtifactOptions options)
    {
        (source, Tracks) = (recording.Samples, tracks);
        var first = recording.Channels[tracks[0].Channel];
        Grid = new FrameGrid(recording.Runs(tracks[0].Channel), first.RateHz);
        spectra = first.RateHz >= LeastSpectralRateHz ? new(Grid.Length, first.RateHz, mainsHz) : null;
        var frames = spectra is null ? 0 : Grid.Count;
        (Amplitude, High, Low, Line) = (Table(frames), Table(frames), Table(frames), Table(frames));
        lag = Math.Max(1, (int)Math.Round(0.004 * first.RateHz));
        every = Math.Max(1, (int)Math.Floor(first.RateHz / EyeRateHz));
        Watches = Array.ConvertAll(tracks, t => new StretchWatch(
            t.IsMicrovolt ? 0.1 / t.Factor : 0, Math.Max(2, (int)(options.FlatSeconds * first.RateHz)), Math.Max(3, (int)Math.Ceiling(0.006 * first.RateHz)), (int)first.RateHz));
        candidates = Array.ConvertAll(tracks, _ => new List<StepCandidate>());
        steps = Array.ConvertAll(tracks, _ => new LogHistogram());
        neighbours = Neighbourhood.Of(tracks);
        Eyes = EyeDerivations.Of(tracks, c => recording.Channels[c].IsBad);
        Vertical = Trace(Eyes.Vertical.Length > 0);
        Horizontal = Trace(Eyes.Horizontal.Length > 0);
    }

    /// <summary>A sudden step, before it is judged.</summary>
    public readonly record struct StepCandidate(double OnsetSeconds, double DurationSeconds, double Height, double NeighbourShare);

    public Track[] Tracks { get; }

    public FrameGrid Grid { get; }

    public EyeDerivations Eyes { get; }

    /// <summary>Track × frame: root mean square from 1 to 40 Hz; NaN where a sample is missing.</summary>
    public float[][] Amplitude { get; }

    /// <summary>Track × frame: above 25 Hz without mains.</summary>
    public float[][] High { get; }

    /// <summary>Track × frame: 1 to 3 Hz.</summary>
    public float[][] Low { get; }

    /// <summary>Track × frame: mains above its neighbouring frequencies.</summary>
    public float[][] Line { get; }

    public StretchWatch[] Watches { get; }

    public EyeTrace Vertical { get; }

    public EyeTrace Horizontal { get; }

    public bool HasSpectra => spectra is not null && Grid.Count > 0;

    public bool HasHigh => spectra is { HasHigh: true } && Grid.Count > 0;

    public bool HasLine => spectra is { HasLine: true } && Grid.Count > 0;

    /// <summary>Sudden steps of a track.</summary>
    public IReadOnlyList<StepCandidate> Steps(int track) => candidates[track];

    /// <summary>The usual standard deviation of a track's differences over four milliseconds.</summary>
    public double UsualStep(int track) => steps[track].Median() * StepWatch.PerMean;

    /// <summary>Reads everything once.</summary>
    public void Run()
    {
        int[] channels = [.. Tracks.Select(t => t.Channel)];
        var hops = Math.Clamp(BlockValues / Tracks.Length / Grid.Hop, 4, 64);
        for (var r = 0; r < Grid.Runs.Count; r++)
        {
            var run = Grid.Runs[r];
            for (var core = 0L; core < run.Count; core += (long)hops * Grid.Hop)
            {
                var lead = (int)Math.Min(core, Grid.Hop);
                var length = (int)Math.Min(run.Count - core, (long)hops * Grid.Hop);
                var size = (int)Math.Min(run.Count - core + lead, lead + length + Grid.Length - Grid.Hop + every);
                var rented = LentArrays.Doubles.Rent(size * channels.Length);
                var block = new Block(rented, size, lead, length, run, core, r);
                source.Read(channels, run.FirstSample + core - lead, size, rented.AsSpan(0, size * channels.Length));
                Parallel.For(0, Tracks.Length, t => Watch(block, t, hops));
                Parallel.For(0, Tracks.Length, t => Judge(block, t));
                Decimate(block, Eyes.Vertical, Vertical);
                Decimate(block, Eyes.Horizontal, Horizontal);
                LentArrays.Doubles.Return(rented);
            }
        }
    }

    private sealed record Block(double[] Samples, int Size, int Lead, int Length, SampleRun Run, long Core, int RunIndex)
    {
        public Span<double> Row(int track) => Samples.AsSpan(track * Size, Size);
    }

    private static EyeTrace NoTrace { get; } = new(EyeRateHz, []);

    private EyeTrace Trace(bool wanted) => wanted
        ? new(Grid.RateHz / every, [.. Grid.Runs.Select(r => (r.OnsetSeconds, new float[r.Count / every]))])
        : NoTrace;

    private float[][] Table(int frames) => Array.ConvertAll(Tracks, _ => new float[frames]);

    private void Watch(Block block, int track, int hops)
    {
        var row = block.Row(track);
        Watches[track].Add(row.Slice(block.Lead, block.Length), block.Run.FirstSample + block.Core, block.Core + block.Length == block.Run.Count);
        var factor = Tracks[track].Factor;
        for (var i = 0; i < row.Length && factor != 1; i++)
        {
            row[i] *= factor;
        }

        var first = (int)(block.Core / Grid.Hop);
        var frames = Math.Min(hops, Grid.FramesIn(block.Run.Count) - first);
        if (spectra is not null && frames > 0 && Tracks[track].IsCompared)
        {
            Span<float> Part(float[] table) => table.AsSpan(Grid.FirstFrame(block.RunIndex) + first, frames);
            spectra.Measure(row[block.Lead..], Grid.Hop, Part(Amplitude[track]), Part(High[track]), Part(Low[track]), Part(Line[track]));
        }
    }

    private void Judge(Block block, int track)
    {
        if (!Tracks[track].IsCompared)
        {
            return;
        }

        var row = block.Row(track);
        for (var at = block.Lead; at < block.Lead + block.Length; at += Grid.Hop)
        {
            var from = Math.Max(0, at - lag);
            var end = Math.Min(block.Lead + block.Length, at + Grid.Hop);
            var (mean, largest, place) = StepWatch.Measure(row[from..end], lag);
            steps[track].Add(mean);
            if (!(largest > CandidateZ * StepWatch.PerMean * mean) || !double.IsFinite(mean))
            {
                continue;
            }

            place += from;
            var seen = Array.ConvertAll(neighbours[track], n => StepWatch.LargestNear(block.Row(n), place, 3 * lag, lag));
            var duration = StepWatch.Decay(row, place, lag, 2 * Grid.Hop);
            candidates[track].Add(new(
                block.Run.OnsetSeconds + ((block.Core - block.Lead + place - lag) / Grid.RateHz), duration / Grid.RateHz, largest, Neighbourhood.Seen(seen) / largest));
        }
    }

    private void Decimate(Block block, (int Track, double Weight)[] weights, EyeTrace trace)
    {
        if (weights.Length == 0)
        {
            return;
        }

        var into = trace.Runs[block.RunIndex].Samples;
        var start = block.Core - block.Lead;
        for (var j = (block.Core + every - 1) / every; j < into.Length && j * every < block.Core + block.Length; j++)
        {
            var sum = 0.0;
            foreach (var (track, weight) in weights)
            {
                var mean = 0.0;
                foreach (var value in block.Row(track).Slice((int)((j * every) - start), every))
                {
                    mean += value;
                }

                sum += weight * mean / every;
            }

            into[j] = double.IsFinite(sum) ? (float)sum : j > 0 ? into[j - 1] : 0;
        }
    }
}
