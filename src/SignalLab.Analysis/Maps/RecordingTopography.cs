using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>The topographic cut through a recording.</summary>
public static class RecordingTopography
{
    extension(Recording recording)
    {
        /// <summary>The topographic map of one instant, on the head the recording's digitised points give.</summary>
        /// <param name="timeSeconds">Seconds since the first sample.</param>
        /// <param name="kind">Which channels.</param>
        /// <param name="options">What decides the map; null for the defaults. A sphere given here is taken as it is.</param>
        /// <returns>The map.</returns>
        /// <exception cref="UnfitInputException">No good channel of that kind has a position, or nothing was recorded then.</exception>
        public Topography TopographyAt(double timeSeconds, ChannelKind kind = ChannelKind.Eeg, TopographyOptions? options = null)
        {
            options ??= TopographyOptions.Default;
            return recording.MapAt(timeSeconds, kind).ToTopography(options with { Sphere = options.Sphere ?? HeadSphere.Of(recording, kind) }) with
            {
                Title = FormattableString.Invariant($"{timeSeconds} s"),
            };
        }
    }
}
