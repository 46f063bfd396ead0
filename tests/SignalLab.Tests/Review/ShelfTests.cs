using System.Net;

namespace SignalLab.Tests.Review;

public sealed class ShelfTests
{
    [Theory]
    [InlineData("../secret.edf")]
    [InlineData("..%2fsecret.edf")]
    [InlineData("a/../../secret.edf")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\secret.edf")]
    [InlineData("link.edf")]
    [InlineData("linked/secret.edf")]
    [InlineData("eeg.edf%00")]
    public async Task Nothing_outside_the_folder_is_reachable(string path)
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        var outside = Path.GetDirectoryName(reviewing.Folder)!;
        File.Copy(Path.Combine(reviewing.Folder, "eeg.edf"), Path.Combine(outside, "secret.edf"));
        File.CreateSymbolicLink(Path.Combine(reviewing.Folder, "link.edf"), Path.Combine(outside, "secret.edf"));
        Directory.CreateSymbolicLink(Path.Combine(reviewing.Folder, "linked"), outside);
        foreach (var route in new[] { "study", "recording", "marks", "overview" })
        {
            using var answer = await reviewing.Client.GetAsync($"/api/{route}?file={path}", TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        var listed = await reviewing.Client.GetStringAsync("/api/files", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("link", listed, StringComparison.Ordinal);
        Assert.Contains("eeg.edf", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_followed()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        File.CreateSymbolicLink(Path.Combine(reviewing.Folder, "again.edf"), Path.Combine(reviewing.Folder, "eeg.edf"));
        using var answer = await reviewing.Client.GetAsync("/api/study?file=again.edf", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_error_in_a_file_is_one_line()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        await File.WriteAllTextAsync(Path.Combine(reviewing.Folder, "broken.edf"), "0       nothing more", TestContext.Current.CancellationToken);
        using var answer = await reviewing.Client.GetAsync("/api/study?file=broken.edf", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("broken.edf", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
