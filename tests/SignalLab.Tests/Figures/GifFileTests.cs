using System.Text;
using SignalLab.Figures;
using SignalLab.Figures.Animation;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class GifFileTests
{
    [Fact]
    public void An_animation_decodes_to_the_frames_that_were_drawn()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a.gif"];
        GifFile.Save([.. Enumerable.Range(0, 3).Select(i => new Disc(i))], path, Colophon.None, 0.05);
        using var codec = SKCodec.Create(path);
        Assert.Equal(3, codec.FrameCount);
        Assert.All(codec.FrameInfo, f => Assert.Equal(50, f.Duration));
        for (var i = 0; i < 3; i++)
        {
            using var frame = new SKBitmap(codec.Info);
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(codec.Info, frame.GetPixels(), new SKCodecOptions(i)));
            using var drawn = SKBitmap.Decode(FigureFile.ToBytes(new Disc(i), ".png", Colophon.None, 100));
            Assert.Equal((drawn.Width, drawn.Height), (frame.Width, frame.Height));
            var worst = drawn.Pixels.Zip(frame.Pixels, (a, b) => Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue)))).Max();
            Assert.True(worst <= 24, $"frame {i} differs by {worst} of 255");
        }
    }

    [Fact]
    public void The_file_says_how_it_was_made()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a.gif"];
        GifFile.Save([new Disc(0)], path, new Colophon("signallab map x out.gif", []));
        Assert.Contains("signallab map x out.gif", Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
    }

    private sealed class Disc(int number) : Figure
    {
        protected override SKSize BodyMm => new(40, 30);

        protected override void DrawBody(Sheet sheet, SKRect body)
        {
            using var path = new SKPath();
            path.AddCircle(body.Left + 10 + (8 * number), body.MidY, 6);
            sheet.Fill(path, new SKColor((byte)(80 * number), 120, 200));
        }
    }
}
