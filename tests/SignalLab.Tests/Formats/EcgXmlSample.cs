using System.IO.Compression;

namespace SignalLab.Tests.Formats;

/// <summary>ECG carts' XML files, written small.</summary>
internal static class EcgXmlSample
{
    /// <summary>Twelve leads in steps that obey Einthoven's law: I and II are free, V1 to V6 too.</summary>
    public static int[][] TwelveLeads(int count)
    {
        var (one, two) = (ScpSample.Wave(count, 0), ScpSample.Wave(count, 40));
        int[] Of(Func<int, int, int> rule) => [.. one.Zip(two, rule)];
        return [one, two, Of((a, b) => b - a), Of((a, b) => -((a + b) >> 1)), Of((a, b) => a - (b >> 1)), Of((a, b) => b - (a >> 1)), .. Enumerable.Range(1, 6).Select(v => ScpSample.Wave(count, 7 * v))];
    }

    public static string Aecg(string path)
    {
        static string Sequence(string code, string value) => $"<component><sequence><code code=\"{code}\"/>{value}</sequence></component>";
        static string Lead(string code, int[] digits, string type = "SLIST_PQ") =>
            Sequence(code, $"<value xsi:type=\"{type}\"><origin value=\"0.01\" unit=\"mV\"/><scale value=\"5\" unit=\"uV\"/><digits>\n{string.Join(' ', digits)} </digits></value>");
        static string Boundary(string code, string value) => $"<component><boundary><code code=\"{code}\"/>{value}</boundary></component>";
        static string Annotation(string code, string value, string rest = "") => $"<component><annotation><code code=\"{code}\"/>{value}{rest}</annotation></component>";
        static string Region(string boundaries) => $"<support><supportingROI><code code=\"ROIPS\"/>{boundaries}</supportingROI></support>";
        var leads = TwelveLeads(400);
        var wave = Annotation("MDC_ECG_WAVC", "<value xsi:type=\"CE\" code=\"MDC_ECG_WAVC_PWAVE\"/>", Region(
            Boundary("TIME_ABSOLUTE", "<value xsi:type=\"IVL_TS\"><low value=\"20200102030405.350\"/><high value=\"20200102030405.450\"/></value>") + Boundary("MDC_ECG_LEAD_II", "")));
        var end = Annotation("MDC_ECG_WAVC", "<value xsi:type=\"CE\" code=\"MDC_ECG_WAVC_TWAVE\"/>", Region(Boundary("TIME_ABSOLUTE", "<value xsi:type=\"IVL_TS\"><high value=\"20200102030405.900\"/></value>")));
        var beat = Annotation("MDC_ECG_BEAT", "<value xsi:type=\"CE\" code=\"MDC_ECG_BEAT_NORMAL\"/>", wave + end + Annotation("MDC_ECG_TIME_PD_P", "<value xsi:type=\"PQ\" value=\"100\" unit=\"ms\"/>"));
        const string Device = "<author><assignedEntity><assignedAuthorType><assignedDevice><manufacturerModelName>CART</manufacturerModelName><softwareName>5.3</softwareName></assignedDevice></assignedAuthorType></assignedEntity></author>";
        File.WriteAllText(path, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- made for a test -->
            <AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject><id root="1.2" extension="S-9"/><subjectDemographicPerson>
            <name>AB</name><administrativeGenderCode code="F"/><birthTime value="19691231"/></subjectDemographicPerson></trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>
            <component><series><code code="RHYTHM"/><effectiveTime><low value="20200102030405.250"/></effectiveTime>
            <component><sequenceSet>{Sequence("TIME_ABSOLUTE", "<value xsi:type=\"GLIST_TS\"><head value=\"20200102030405.250\"/><increment value=\"2\" unit=\"ms\"/></value>")}
            {Lead("MDC_ECG_LEAD_I", leads[0])}{Lead("MDC_ECG_LEAD_II", leads[1])}</sequenceSet></component>
            <component><sequenceSet>{Sequence("TIME_ABSOLUTE", "<value xsi:type=\"GLIST_TS\"><head value=\"20200102030407.250\"/><increment value=\"0.004\" unit=\"s\"/></value>")}
            {Lead("MDC_ECG_LEAD_V1", leads[6])}</sequenceSet></component>
            <subjectOf><annotationSet>{Device}{beat}{Annotation("MDC_ECG_HEART_RATE", "<value xsi:type=\"PQ\" value=\"62\" unit=\"/min\"/>")}</annotationSet></subjectOf>
            <derivation><derivedSeries><code code="REPRESENTATIVE_BEAT"/><component><sequenceSet>
            {Sequence("TIME_RELATIVE", "<value xsi:type=\"GLIST_PQ\"><head value=\"-100\" unit=\"ms\"/><increment value=\"0.001\" unit=\"s\"/></value>")}{Lead("MDC_ECG_LEAD_I", leads[0][..300])}
            </sequenceSet></component><subjectOf><annotationSet>{Device}{Annotation("MDC_ECG_TIME_PD_QT", "<value xsi:type=\"PQ\" value=\"420\" unit=\"ms\"/>")}
            {Annotation("MDC_ECG_WAVC", "<value xsi:type=\"CE\" code=\"MDC_ECG_WAVC_QRSWAVE\"/>", Region(Boundary("TIME_RELATIVE", "<value xsi:type=\"IVL_PQ\"><low value=\"0\" unit=\"ms\"/><high value=\"90\" unit=\"ms\"/></value>")))}
            </annotationSet></subjectOf></derivedSeries></derivation></series></component></AnnotatedECG>
            """);
        return path;
    }

    public static string Muse(string path, bool withWrongSum = false)
    {
        string Lead(string id, int[] steps)
        {
            byte[] bytes = [.. steps.SelectMany(s => BitConverter.GetBytes((short)s))];
            var sum = SumOf(bytes) + (withWrongSum ? 1u : 0u);
            return $"<LeadData><LeadSampleCountTotal>{steps.Length}</LeadSampleCountTotal><LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits><LeadID>{id}</LeadID>"
                + $"<LeadSampleSize>2</LeadSampleSize><LeadDataCRC32>{sum}</LeadDataCRC32><WaveFormData>\r\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\r\n</WaveFormData></LeadData>";
        }

        var leads = TwelveLeads(500);
        string Waveform(string type, int count) => $"<Waveform><WaveformType>{type}</WaveformType><SampleBase>25</SampleBase><SampleExponent>1</SampleExponent><HighPassFilter>16</HighPassFilter><LowPassFilter>150</LowPassFilter><ACFilter>NONE</ACFilter>"
            + Lead("I", leads[0][..count]) + Lead("II", leads[1][..count]) + Lead("V1", leads[6][..count]) + "</Waveform>";
        File.WriteAllText(path, $"""
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <!DOCTYPE RestingECG SYSTEM "restecg.dtd">
            <RestingECG><MuseInfo><MuseVersion>9.0</MuseVersion></MuseInfo>
            <PatientDemographics><PatientID>M1</PatientID><PatientAge>18</PatientAge><AgeUnits>MONTHS</AgeUnits><Gender>FEMALE</Gender><PatientLastName>DOE</PatientLastName></PatientDemographics>
            <TestDemographics><AcquisitionDate>12-24-2019</AcquisitionDate><AcquisitionTime>08:09:10</AcquisitionTime></TestDemographics>
            <RestingECGMeasurements><VentricularRate>48</VentricularRate><QTInterval>452</QTInterval><QOnset>108</QOnset><ECGSampleBase>25</ECGSampleBase><ECGSampleExponent>1</ECGSampleExponent></RestingECGMeasurements>
            <OriginalRestingECGMeasurements><VentricularRate>48</VentricularRate><QTInterval>460</QTInterval></OriginalRestingECGMeasurements>
            <Diagnosis><DiagnosisStatement><StmtText>Sinus</StmtText></DiagnosisStatement><DiagnosisStatement><StmtFlag>ENDSLINE</StmtFlag><StmtText>bradycardia</StmtText></DiagnosisStatement></Diagnosis>
            <QRSTimesTypes><QRS><Number>1</Number><Type>0</Type><Time>614</Time></QRS><GlobalRR>1242</GlobalRR></QRSTimesTypes>
            {Waveform("Median", 300)}{Waveform("Rhythm", 500)}</RestingECG>
            """, System.Text.Encoding.Latin1);
        return path;
    }

    public static string Sierra(string path, bool isXli)
    {
        var leads = TwelveLeads(600);
        var (one, two) = (leads[0], leads[1]);
        var stored = leads.Select(l => (int[])l.Clone()).ToArray();
        for (var i = 0; i < 600 && isXli; i++)
        {
            stored[2][i] = two[i] - one[i] - leads[2][i];
            stored[3][i] = -leads[3][i] - ((one[i] + two[i]) >> 1);
            stored[4][i] = ((one[i] - leads[2][i]) >> 1) - leads[4][i];
            stored[5][i] = ((two[i] + leads[2][i]) >> 1) - leads[5][i];
        }

        byte[] bytes = isXli ? [.. stored.SelectMany(XliChunk), .. XliChunk(new int[600])] : [.. stored.SelectMany(l => l.SelectMany(v => BitConverter.GetBytes((short)v)))];
        var beat = Convert.ToBase64String([.. one[..120].SelectMany(v => BitConverter.GetBytes((short)v))]);
        File.WriteAllText(path, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <restingecgdata xmlns="http://www3.medical.philips.com"><documentinfo><documenttype>SierraECG</documenttype><documentversion>{(isXli ? "1.03" : "1.04")}</documentversion></documentinfo>
            <dataacquisition date="2011-12-01" time="07:27:34"><signalcharacteristics><samplingrate>500</samplingrate><signalresolution>5</signalresolution><signalbandwidth>0.05-150</signalbandwidth>
            <acquisitiontype>STD-12</acquisitiontype><numberchannelsallocated>12</numberchannelsallocated></signalcharacteristics></dataacquisition>
            <patient><generalpatientdata><patientid>77</patientid><age><years>50</years></age><sex>Male</sex></generalpatientdata></patient>
            <measurements custommeasurementversion="10"><globalmeasurements><meanqtint>476</meanqtint><sthorizaxis>Indeterminate</sthorizaxis></globalmeasurements>
            <leadmeasurements><leadmeasurement leadname="I"><ramp>912</ramp></leadmeasurement></leadmeasurements></measurements>
            <interpretations><interpretation><severity>- ABNORMAL ECG -</severity><statement><leftstatement>Sinus bradycardia</leftstatement><rightstatement>rate&lt; 50</rightstatement></statement></interpretation></interpretations>
            <waveforms><parsedwaveforms {(isXli ? "compressmethod=\"XLI\"" : "numberofleads=\"12\" leadlabels=\"I II III aVR aVL aVF V1 V2 V3 V4 V5 V6\"")} dataencoding="Base64" durationperchannel="1200">{Convert.ToBase64String(bytes)}</parsedwaveforms>
            <repbeats dataencoding="Base64" samplespersec="1000" resolution="1.0"><repbeat leadname="I" duration="120">{beat}</repbeat></repbeats></waveforms></restingecgdata>
            """);
        return path;
    }

    // The encoder's side: what the decoder adds to 2 x last - before is the difference of the step before, plus 64.
    private static byte[] XliChunk(int[] lead)
    {
        var coded = new short[lead.Length];
        (coded[0], coded[1]) = ((short)lead[0], (short)lead[1]);
        int Difference(int i) => (2 * lead[i - 1]) - lead[i - 2] - lead[i];
        for (var i = 2; i < lead.Length; i++)
        {
            coded[i] = (short)(64 + (i + 1 < lead.Length ? Difference(i + 1) : 0));
        }

        var first = (short)Difference(2);
        byte[] bytes = [.. coded.Select(c => (byte)(c >> 8)), .. coded.Select(c => (byte)c)];
        var packed = Lzw(bytes);
        return [.. BitConverter.GetBytes(packed.Length), 1, 0, .. BitConverter.GetBytes(first), .. packed];
    }

    private static byte[] Lzw(byte[] bytes)
    {
        var table = new Dictionary<string, int>();
        for (var i = 0; i < 256; i++)
        {
            table[((char)i).ToString()] = i;
        }

        var (bits, current) = (new System.Text.StringBuilder(), "");
        void Emit(int code) => bits.Append(Convert.ToString(code, 2).PadLeft(10, '0'));
        foreach (var b in bytes)
        {
            var longer = current + (char)b;
            if (table.ContainsKey(longer))
            {
                current = longer;
                continue;
            }

            Emit(table[current]);
            if (table.Count < 1023)
            {
                table[longer] = table.Count;
            }

            current = ((char)b).ToString();
        }

        Emit(table[current]);
        Emit(1023);
        while (bits.Length % 8 != 0)
        {
            bits.Append('0');
        }

        return [.. bits.ToString().Chunk(8).Select(c => Convert.ToByte(new string(c), 2))];
    }

    // The trailer of a gzip stream holds the same sum (RFC 1952).
    private static uint SumOf(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest, true))
        {
            zip.Write(bytes);
        }

        return BitConverter.ToUInt32(memory.ToArray().AsSpan((int)memory.Length - 8));
    }
}
