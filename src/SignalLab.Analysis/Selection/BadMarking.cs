using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>Channels that a person distrusts.</summary>
public static class BadMarking
{
    extension(Recording recording)
    {
        /// <summary>Marks channels as bad, beside those that are already.</summary>
        /// <param name="channels">Channel indices.</param>
        /// <returns>The recording with the same samples.</returns>
        public Recording MarkBad(params IReadOnlyList<int> channels)
        {
            ArgumentNullException.ThrowIfNull(channels);
            var marked = channels.ToHashSet();
            return marked.Count == 0 ? recording : recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => marked.Contains(i) ? c with { IsBad = true } : c)],
                Segments = recording.Segments,
                Provenance = recording.Provenance.Then(ProcessingStep.Of("mark bad", ("channels", string.Join(',', channels.Select(c => recording.Channels[c].Label))))),
            };
        }
    }
}
