using System.Text.RegularExpressions;
using SignalLab.Analysis.Imaging;
using SignalLab.Model;
using SignalLab.Review.Recordings;

namespace SignalLab.Review.Slices;

/// <summary>Where a recording's sensor lies in an image: only by a place that the recording's file states, in a frame that the image's file joins. Nothing is guessed.</summary>
internal static partial class SensorPlace
{
    /// <summary>The place in millimetres of the image's frame.</summary>
    /// <param name="recording">The opened file that the sensor is of.</param>
    /// <param name="index">Which of its recordings.</param>
    /// <param name="sensor">The channel's or sensor's name.</param>
    /// <param name="image">The image.</param>
    /// <param name="imageFile">The image's file, as the page names it.</param>
    /// <exception cref="UnfitInputException">The sensor has no measured place, nothing joins the frames, or the place lies outside the image.</exception>
    public static Point3 In(OpenStudy recording, int index, string sensor, ShownImage image, string imageFile)
    {
        if (index >= recording.Study.Recordings.Count)
        {
            throw new UnfitInputException($"{recording.Relative}: there is no such recording.");
        }

        // As the file has it: electrodes that were placed by their names have no place in anybody's image.
        var channel = recording.Study.Recordings[index].Channels.FirstOrDefault(c => c.Label == sensor || c.Sensor?.Name == sensor);
        if (channel is not { Sensor: { } located, Frame: { } frame })
        {
            throw new UnfitInputException($"{sensor} has no measured place: its place on the map is that of its name, which says nothing about this image.");
        }

        if (image.IsPlane)
        {
            throw new UnfitInputException($"{imageFile} is one layer: a sensor has no place in it.");
        }

        if (!IsOne(frame, recording.Relative, imageFile))
        {
            throw new UnfitInputException($"{sensor} is placed in the frame '{frame}', the image in '{image.Grid.Frame}': nothing says how the two lie to each other.");
        }

        var place = 1e3 * new TransformGraph(image.Transforms).Between(frame, image.Grid.Frame).Apply(located.PositionMetres);
        return image.Map.LocationAt(place) is null
            ? throw new UnfitInputException(FormattableString.Invariant($"{sensor} lies outside the image, at {place.X:0.#}, {place.Y:0.#}, {place.Z:0.#} mm."))
            : place;
    }

    // Whether a frame of that name is the same one in both files: a template's is, one with its owner's name is; a scanner's is where both are of one subject of one dataset.
    private static bool IsOne(Frame frame, string recording, string image) =>
        frame == Frame.Mni || frame == Frame.Talairach || frame.Name.Contains(':', StringComparison.Ordinal)
        || ((frame == Frame.Scanner || frame == Frame.Mri) && Subject(recording) is { Length: > 0 } subject && subject == Subject(image));

    private static string Subject(string file) => Subjects().Match(file).Value;

    [GeneratedRegex("^(.*/)?sub-[A-Za-z0-9]+(?=/)(/ses-[A-Za-z0-9]+(?=/))?")]
    private static partial Regex Subjects();
}
