using System.Text;
using System.Text.Unicode;

namespace Splade.AI.Policy.Json;

/// <summary>The bytes of a policy file, and their lines.</summary>
internal sealed class PolicySource
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly List<int> _lineStarts = [0];

    /// <param name="json">UTF-8, with a byte order mark or without.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <exception cref="VocabularyPolicyException">The bytes are not UTF-8.</exception>
    public PolicySource(ReadOnlyMemory<byte> json, string name)
    {
        _json = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        Name = name;
        for (int at = 0; _json.Span[at..].IndexOf((byte)'\n') is >= 0 and int length;)
        {
            at += length + 1;
            _lineStarts.Add(at);
        }

        RequireUtf8();
    }

    public string Name { get; }

    public ReadOnlySpan<byte> Json => _json.Span;

    /// <summary>The place of a byte.</summary>
    public PolicyPosition PositionOf(long offset)
    {
        int line = _lineStarts.BinarySearch((int)offset);
        return Position(line < 0 ? ~line - 1 : line, (int)offset);
    }

    /// <summary>The place that the JSON reader names, which counts lines and bytes from 0.</summary>
    public PolicyPosition PositionOf(long line, long byteInLine) => Position((int)line, Math.Min(_lineStarts[(int)line] + (int)byteInLine, _json.Length));

    private PolicyPosition Position(int line, int offset) =>
        new(Name, line + 1, Encoding.UTF8.GetCharCount(_json.Span[_lineStarts[line]..offset]) + 1);

    private void RequireUtf8()
    {
        if (!Utf8.IsValid(_json.Span))
        {
            // No character of UTF-8 spans two lines.
            int line = Enumerable.Range(0, _lineStarts.Count).First(i => !Utf8.IsValid(_json.Span[LineAt(i)]));
            throw new VocabularyPolicyException("Found bytes that are not UTF-8. Save the file as UTF-8.", new PolicyPosition(Name, line + 1, 1));
        }
    }

    private Range LineAt(int number) => _lineStarts[number]..(number + 1 < _lineStarts.Count ? _lineStarts[number + 1] : _json.Length);
}
