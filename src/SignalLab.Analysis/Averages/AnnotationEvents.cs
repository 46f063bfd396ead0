using System.IO.Enumeration;
using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Events from what is said about a recording.</summary>
public static class AnnotationEvents
{
    extension(Recording recording)
    {
        /// <summary>The annotations of a text as events, in order of time.</summary>
        /// <param name="text">The text as it stands; where no annotation has it, a pattern with <c>*</c> and <c>?</c>, case ignored.</param>
        /// <returns>An event an annotation, named by its text; empty where none fits.</returns>
        public IReadOnlyList<Event> EventsFromAnnotations(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            var exact = recording.Annotations.Any(a => a.Text == text);
            return [.. recording.Annotations.Where(a => exact ? a.Text == text : Fits(text, a.Text))
                .Select(a => new Event(a.OnsetSeconds, a.Text)).OrderBy(e => e.OnsetSeconds)];
        }
    }

    /// <summary>True where a text fits a pattern with <c>*</c> and <c>?</c>, case ignored.</summary>
    internal static bool Fits(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text);
}
