namespace SignalLab.Model;

/// <summary>What a recording says, as far as a file format may be unable to hold it.</summary>
public enum Aspect
{
    /// <summary>Labels of channels.</summary>
    Names,

    /// <summary>What channels record.</summary>
    Kinds,

    /// <summary>Units of samples.</summary>
    Units,

    /// <summary>Sampling rates.</summary>
    Rates,

    /// <summary>Which samples there are: some were added or left out.</summary>
    Samples,

    /// <summary>The steps of samples: they were rounded.</summary>
    Resolution,

    /// <summary>Where segments begin and gaps lie.</summary>
    Gaps,

    /// <summary>Annotations and their words.</summary>
    Annotations,

    /// <summary>Onsets and durations of annotations.</summary>
    AnnotationTimes,

    /// <summary>Which channel an annotation is about.</summary>
    AnnotationChannels,

    /// <summary>Who made an annotation, and how sure it is.</summary>
    AnnotationOrigins,

    /// <summary>What else a table told of an annotation (trial type, response time).</summary>
    AnnotationDetails,

    /// <summary>The wall clock at the first sample.</summary>
    Start,

    /// <summary>Whom the recording is about.</summary>
    Subject,

    /// <summary>Places of electrodes, coils and light paths, and their frame.</summary>
    Positions,

    /// <summary>Landmarks, the shape of the head, transforms between frames.</summary>
    Head,

    /// <summary>Signal-space projectors.</summary>
    Projectors,

    /// <summary>Marks of bad channels.</summary>
    BadMarks,

    /// <summary>Filters, transducers and mains frequency.</summary>
    Acquisition,

    /// <summary>Comments and title.</summary>
    Comments,

    /// <summary>Measurements that stood in the file.</summary>
    Measurements,

    /// <summary>That it is an average, of how many, from which latency on, its baseline and standard error.</summary>
    Average,

    /// <summary>Other recordings, images and layouts of the same file.</summary>
    Others,
}

/// <summary>Something of a recording that a written file does not hold as it was.</summary>
/// <param name="Of">What it concerns.</param>
/// <param name="Text">One sentence: what is lost, of how many, what stands instead.</param>
public sealed record Loss(Aspect Of, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
