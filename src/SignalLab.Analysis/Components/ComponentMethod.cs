namespace SignalLab.Analysis.Components;

/// <summary>How independent components are found.</summary>
public enum ComponentMethod
{
    /// <summary>Symmetric FastICA with the log cosh contrast. Source: Hyvärinen, IEEE Trans. Neural Netw. 10 (1999) 626–634.</summary>
    FastIca,

    /// <summary>Extended Infomax by stochastic natural gradient with annealing. Source: Bell and Sejnowski, Neural Comput. 7 (1995) 1129–1159; Lee, Girolami and Sejnowski, Neural Comput. 11 (1999) 417–441.</summary>
    Infomax,

    /// <summary>The likelihood of extended Infomax by preconditioned L-BFGS. Source: Ablin, Cardoso and Gramfort, IEEE Trans. Signal Process. 66 (2018) 4040–4049.</summary>
    Picard,

    /// <summary>The same among uncorrelated components only. Source: Ablin, Cardoso and Gramfort, ICASSP (2018) 4464–4468.</summary>
    PicardOrthogonal,
}

/// <summary>The methods' names as their authors write them.</summary>
public static class ComponentMethods
{
    extension(ComponentMethod method)
    {
        /// <summary>For example <c>FastICA</c>.</summary>
        public string Name => method switch
        {
            ComponentMethod.FastIca => "FastICA",
            ComponentMethod.Infomax => "Extended Infomax",
            ComponentMethod.PicardOrthogonal => "Picard-O",
            _ => method.ToString(),
        };
    }
}
