namespace Splade.AI.Tokenization.Normalizers;

/// <summary>The facts of <c>GraphemeClasses.txt</c>, which says where they come from.</summary>
/// <remarks>Immutable and shared by all tokenizers that need it.</remarks>
internal static class GraphemeClasses
{
    private const int HangulBase = 0xAC00;
    private const int HangulTrails = 28;

    // One byte for every scalar: the pages of planes that no section names are never touched and cost no memory.
    private static readonly GraphemeClass[] Classes = Read();

    public static GraphemeClass Of(int scalar) => Classes[scalar];

    private static GraphemeClass[] Read()
    {
        var classes = new GraphemeClass[0x110000];
        using Stream stream = typeof(GraphemeClasses).Assembly.GetManifestResourceStream("GraphemeClasses.txt")!;
        using var reader = new StreamReader(stream);
        GraphemeClass section = GraphemeClass.Other;
        while (reader.ReadLine() is string line)
        {
            if (line.StartsWith('['))
            {
                section = Enum.Parse<GraphemeClass>(line[1..^1]);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var range = new UnicodePropertyLine(line);
                classes.AsSpan(range.First..(range.Last + 1)).Fill(section);
            }
        }

        AddFormulas(classes);
        return classes;
    }

    private static void AddFormulas(GraphemeClass[] classes)
    {
        classes['\r'] = GraphemeClass.Control;
        classes['\n'] = GraphemeClass.Control;
        classes['\u200D'] = GraphemeClass.Joiner;
        classes.AsSpan(0x1F1E6..0x1F200).Fill(GraphemeClass.RegionalIndicator);
        for (int syllable = HangulBase; syllable <= 0xD7A3; syllable++)
        {
            classes[syllable] = (syllable - HangulBase) % HangulTrails == 0 ? GraphemeClass.LeadVowel : GraphemeClass.LeadVowelTrail;
        }
    }
}
