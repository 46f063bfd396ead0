using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>An event of an <c>.evt</c> file.</summary>
internal readonly record struct EeprobeEvent(EeprobeClock Time, double DurationSeconds, string Text, string? Channel);

/// <summary>The event file beside a recording: a library of event objects, each under the name of its class.</summary>
/// <remarks>Source: the layout that libeep's event reader documents (classes dcEpochEvent_c, dcEventMarker_c, dcArtefactEvent_c).</remarks>
internal sealed class EeprobeEvents : IDisposable
{
    private const long Largest = 64_000_000;

    private const int Empty = 0, Null = 1, Int16 = 2, Int32 = 3, Float32 = 4, Float64 = 5, WideText = 8, Bool = 11, Array = 0x2000, Reference = 0x4000;

    private readonly string path;
    private readonly MemoryStream stream;
    private readonly BinaryReader reader;
    private int version;

    private EeprobeEvents(string path, byte[] bytes)
    {
        this.path = path;
        stream = new MemoryStream(bytes, false);
        reader = new BinaryReader(stream);
    }

    /// <summary>Reads the events of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remarks">Receives what could not be read.</param>
    /// <exception cref="MalformedFileException">It is damaged.</exception>
    public static IReadOnlyList<EeprobeEvent> Read(string path, List<string> remarks)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length > Largest)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"an event file of at most {Largest} bytes"));
        }

        using var file = new EeprobeEvents(path, bytes.Read(0, bytes.Length, "events"));
        try
        {
            return file.Library(remarks);
        }
        catch (EndOfStreamException e)
        {
            throw new MalformedFileException(path, bytes.Length, "events", "the end of the file", "as many events as it states", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private List<EeprobeEvent> Library(List<string> remarks)
    {
        stream.Position = 12;
        version = reader.ReadInt32();
        var (compression, encryption) = (reader.ReadInt32(), reader.ReadInt32());
        var kind = ClassName();
        if (compression != 0 || encryption != 0 || kind != "class dcEventsLibrary_c")
        {
            throw Fault("library", kind is null ? "nothing" : $"\"{kind}\"", "a plain library of events (class dcEventsLibrary_c)");
        }

        Text();
        var count = reader.ReadUInt32();
        var events = new List<EeprobeEvent>();
        for (var i = 0u; i < count; i++)
        {
            switch (ClassName())
            {
                case "class dcEpochEvent_c":
                    var epoch = Base();
                    stream.Position += version < 33 ? 4 : 0;
                    events.Add(new(epoch.Time, epoch.Duration, epoch.Said ?? epoch.Name, null));
                    break;
                case "class dcEventMarker_c":
                    var marker = Base();
                    var channel = ChannelName();
                    var description = Text();
                    stream.Position += version < 35 ? 0 : version >= 103 ? 5 : 2;
                    events.Add(new(marker.Time, marker.Duration, description.Length > 0 ? description : marker.Said ?? marker.Name, channel));
                    break;
                case "class dcArtefactEvent_c":
                    var artefact = Base();
                    var where = ChannelName();
                    var words = version >= 174 ? Text() : "";
                    events.Add(new(artefact.Time, artefact.Duration, words.Length > 0 ? words : artefact.Name, where));
                    break;
                case var other:
                    remarks.Add($"{System.IO.Path.GetFileName(path)}: {count - i} events from the first of '{other}' on are not read: events of that kind are not known.");
                    return events;
            }
        }

        return events;
    }

    private (EeprobeClock Time, double Duration, string Name, string? Said) Base()
    {
        stream.Position += 4 + 16;
        ClassName();
        var name = Text();
        var shown = version >= 78 ? Text() : "";
        stream.Position += 4 + 4 + 1;
        var duration = reader.ReadDouble();
        reader.ReadDouble();
        var time = new EeprobeClock(reader.ReadDouble(), reader.ReadDouble());
        var said = version >= 19 ? Descriptors() : null;
        return (time, duration > 0 && double.IsFinite(duration) ? duration : 0, shown.Length > 0 ? shown : name, said);
    }

    // Named values; the first text among them says what happened.
    private string? Descriptors()
    {
        string? said = null;
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            Text();
            var text = Value();
            said ??= text;
            Text();
        }

        return said;
    }

    private string? Value()
    {
        var type = reader.ReadUInt16();
        if ((type & (Array | Reference)) != 0)
        {
            Items();
            return null;
        }

        switch (type)
        {
            case WideText:
                var length = reader.ReadInt32();
                return Encoding.Unicode.GetString(Bytes(2L * length)).Trim('\0', ' ') is { Length: > 0 } text ? text : null;
            default:
                stream.Position += SizeOf(type);
                return null;
        }
    }

    // One value of the type, then how many there are, then all.
    private void Items()
    {
        var size = SizeOf(reader.ReadUInt16());
        stream.Position += size;
        var count = reader.ReadUInt32();
        if (size * (long)count > stream.Length - stream.Position)
        {
            throw Fault("values of an array", FormattableString.Invariant($"{count}"), "as many as the file can hold");
        }

        stream.Position += size * (long)count;
    }

    private int SizeOf(int type) => type switch
    {
        Empty or Null => 0,
        Int16 or Bool => 2,
        Int32 or Float32 => 4,
        Float64 => 8,
        _ => throw Fault("type of a value", FormattableString.Invariant($"{type}"), "a number or a text"),
    };

    private string? ChannelName()
    {
        var (active, reference) = (Text(), Text());
        return active.Length == 0 ? null : reference.Length == 0 ? active : $"{active}-{reference}";
    }

    private string? ClassName() => reader.ReadInt32() == -1 ? Text() : null;

    // A length of one byte; where that is full, of two; then of four.
    private string Text()
    {
        long length = reader.ReadByte();
        length = length == byte.MaxValue ? reader.ReadUInt16() : length;
        length = length == ushort.MaxValue ? reader.ReadUInt32() : length;
        var bytes = Bytes(length);
        return (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).Trim('\0', ' ');
    }

    private byte[] Bytes(long length) => length >= 0 && length <= stream.Length - stream.Position
        ? reader.ReadBytes((int)length)
        : throw Fault("length of a text", FormattableString.Invariant($"{length}"), "a length inside the file");

    private MalformedFileException Fault(string field, string found, string expected) => new(path, Math.Min(stream.Position, stream.Length), field, found, expected);
}
