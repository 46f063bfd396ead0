using SignalLab.Tests.Formats;

namespace SignalLab.Tests.Cli;

public sealed class ImageVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_overlay_of_another_frame_is_laid_over_only_where_the_user_says_that_both_are_aligned()
    {
        var image = new NiftiSample { Sform = 1, Rows = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0] };
        image.Write(folder["image.nii"], NiftiSample.Int16);
        (image with { Sform = 4 }).Write(folder["mni.nii"], NiftiSample.Int16);
        CommandLine.AssertRefused(3, "slice", folder["image.nii"], folder["x.png"], "--overlay", folder["mni.nii"], "--quiet");
        Assert.False(File.Exists(folder["x.png"]));
        CommandLine.Run("slice", folder["image.nii"], folder["x.png"], "--overlay", folder["mni.nii"], "--same-space").Done();
        Assert.True(File.Exists(folder["x.png"]));
    }
}
