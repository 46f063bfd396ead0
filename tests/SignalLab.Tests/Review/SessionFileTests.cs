using System.Text.Json;
using SignalLab.Review.Serving;

namespace SignalLab.Tests.Review;

public sealed class SessionFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SessionFile session;

    public SessionFileTests() => session = new(folder.Path, "recordings");

    [Fact]
    public void Two_pages_that_read_at_once_keep_both_views()
    {
        Save("""{"reader":"a","views":{"x#0":{"from":1}}}""");
        Save("""{"reader":"b","views":{"y#0":{"from":2}}}""");
        Save("""{"reader":"b","views":{"x#0":{"from":3}}}""");
        Assert.Equal("""{"reader":"b","views":{"x#0":{"from":3},"y#0":{"from":2}}}""", session.Load());
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"views":{"x":1,"x":2}}""")]
    public void What_is_no_session_is_refused_and_nothing_is_lost(string text)
    {
        Save("""{"views":{"x#0":1}}""");
        Assert.Throws<QueryException>(() => Save(text));
        Assert.Equal("""{"views":{"x#0":1}}""", session.Load());
    }

    [Fact]
    public void A_damaged_file_begins_anew()
    {
        Save("""{"reader":"a"}""");
        var file = Assert.Single(Directory.GetFiles(folder.Path));
        File.WriteAllText(file, "{\"reader\":");
        Assert.Equal("{}", session.Load());
        Save("""{"reader":"b"}""");
        Assert.Equal("""{"reader":"b"}""", session.Load());
    }

    public void Dispose() => folder.Dispose();

    private void Save(string text)
    {
        using var document = JsonDocument.Parse(text);
        session.Save(document.RootElement);
    }
}
