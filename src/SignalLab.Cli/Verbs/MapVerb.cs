using System.CommandLine;
using SignalLab.Figures;
using SignalLab.Figures.Animation;
using SignalLab.Figures.Maps;
using SignalLab.Formats.Delimited;
using SignalLab.Formats.Nifti;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab map FILE OUT</c>: the sensor-location topographic map.</summary>
internal static class MapVerb
{
    private static readonly string[] Endings = [.. FigureFile.Endings, ".csv", ".tsv", ".nii", ".nii.gz", ".gif"];

    public static Command Create()
    {
        var file = Common.File();
        var output = Common.Out("Picture .png .svg .pdf, animation .gif, or numbers .csv .nii .nii.gz.");
        var choice = new MapOptions();
        var values = new Option<string>("--values") { Description = "CSV of the grid, or of the sensors.", DefaultValueFactory = _ => "grid" };
        var animate = new Option<bool>("--animate") { Description = "A GIF over the stretch of --window (or the whole of an average)." };
        var frames = new Option<int>("--frames") { Description = "Frames of the animation.", DefaultValueFactory = _ => 25 };
        var command = new Command("map", "Maps a quantity over the sensors. Example: signallab map evoked.fif n100.png --condition 0 --baseline -0.2,0 --at 0.1 --channels eeg")
        {
            file, output, Common.Channels, Common.Condition, values, animate, frames,
            Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.PhaseName, Conditioning.Quality, Common.Force,
        };
        choice.AddTo(command);
        command.SetAction(parsed =>
        {
            var (path, target, force) = (parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(Common.Force));
            FigureOutput.RequireEnding(target, Endings);
            var isGif = target.EndsWith(".gif", StringComparison.OrdinalIgnoreCase);
            if (isGif != parsed.GetValue(animate))
            {
                throw new UsageException("--animate and the ending .gif go together.");
            }

            var source = MapSource.Of(parsed, path, choice);
            if (isGif)
            {
                var figures = Animation(source, choice, parsed, parsed.GetValue(frames));
                OutputFile.Write(target, force, p => GifFile.Save(figures, p, FigureOutput.Made(source.Recording.Provenance)));
                return ExitCode.Done;
            }

            var map = source.Map(choice.Time(parsed));
            if (Path.GetExtension(target).ToLowerInvariant() is ".csv" or ".tsv")
            {
                var sensors = parsed.GetValue(values) switch
                {
                    "grid" => false,
                    "sensors" => true,
                    var other => throw new UsageException($"--values '{other}': expected grid or sensors."),
                };
                StudyWriter.WriteTable(target, force, map.Grid.Provenance, (stream, delimiter) =>
                {
                    if (sensors)
                    {
                        MapTables.WriteSensors(source.AtSensors(map), stream, delimiter);
                    }
                    else
                    {
                        MapTables.WriteGrid(map, stream, delimiter);
                    }
                });
            }
            else if (FigureFile.Endings.Any(e => target.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                FigureOutput.Save(new TopographicMapFigure(map) { Subtitle = source.Subtitle }, target, force, map.Grid.Provenance);
            }
            else
            {
                StudyWriter.WriteTable(target, force, map.Grid.Provenance, p => NiftiWriter.Write(map.Grid, p));
            }

            return ExitCode.Done;
        });
        return command;
    }

    // Every frame has the colours of the whole stretch, so that a colour means one value throughout.
    private static List<Figure> Animation(MapSource source, MapOptions choice, ParseResult parsed, int count)
    {
        if (count is < 2 or > 400)
        {
            throw new UsageException("--frames: expected 2 to 400.");
        }

        var (from, to) = choice.Stretch(parsed) ?? source.Span;
        var maps = Enumerable.Range(0, count).Select(i => source.Map(new MapTime.At(from + ((to - from) * i / (count - 1))))).ToList();
        var scale = new TopographicMapFigure(maps).Scale;
        return [.. maps.Select(m => (Figure)new TopographicMapFigure(m, new TopographicMapOptions { Scale = scale }) { Subtitle = source.Subtitle })];
    }
}
