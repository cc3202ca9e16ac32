using System.Buffers;
using System.Diagnostics;

namespace Splade.AI.Lexical;

/// <summary>A word while it is stemmed: its letters, and where the regions begin in which suffixes may be taken off.</summary>
/// <remarks>A <c>y</c> that is a consonant is written <c>Y</c>. Not safe for concurrent use.</remarks>
internal sealed class EnglishWord
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private readonly EnglishRules _rules;
    private readonly int _region1;
    private readonly int _region2;
    private string _letters;

    public EnglishWord(string word, EnglishRules rules)
    {
        _rules = rules;
        _letters = MarkConsonants(rules.RemovesApostrophes && word[0] == '\'' ? word[1..] : word);
        string? prefix = Array.Find(rules.Prefixes, p => _letters.StartsWith(p, StringComparison.Ordinal));
        _region1 = prefix?.Length ?? AfterSyllable(0);
        _region2 = AfterSyllable(_region1);
    }

    public int Length => _letters.Length;

    public char this[int index] => _letters[index];

    public static bool IsVowel(char letter) => Vowels.Contains(letter);

    public bool EndsWith(string suffix) => _letters.EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>Determines whether the last letters, so many, lie in the first region: behind a consonant that follows a vowel.</summary>
    public bool IsInRegion1(int suffixLength) => _region1 <= Length - suffixLength;

    /// <summary>Determines whether the last letters, so many, lie in the second region: the first region of the first region.</summary>
    public bool IsInRegion2(int suffixLength) => _region2 <= Length - suffixLength;

    /// <summary>Gets whether nothing of the word is in the first region, and all before it is.</summary>
    public bool EndsAtRegion1 => _region1 == Length;

    public bool HasVowelBefore(int end) => end > 0 && _letters.AsSpan(0, end).IndexOfAny(Vowels) >= 0;

    public void Replace(int suffixLength, string replacement)
    {
        Debug.Assert(suffixLength <= Length, "A suffix that is longer than its word.");
        _letters = string.Concat(_letters.AsSpan(0, Length - suffixLength), replacement);
    }

    /// <summary>Determines whether the letters before a suffix end in a short syllable: consonant, vowel, consonant, or vowel and consonant alone.</summary>
    public bool EndsShortBefore(int suffixLength)
    {
        int end = Length - suffixLength;
        if (_rules.PastIsShort && _letters.AsSpan(0, end).EndsWith("past"))
        {
            return true;
        }

        return end switch
        {
            < 2 => false,
            2 => IsVowel(this[0]) && !IsVowel(this[1]),
            _ => !IsVowel(this[end - 3]) && IsVowel(this[end - 2]) && !IsVowel(this[end - 1]) && this[end - 1] is not ('w' or 'x' or 'Y'),
        };
    }

    /// <summary>The word with every letter in lower case.</summary>
    public override string ToString() => _letters.Replace('Y', 'y');

    private static string MarkConsonants(string word)
    {
        char[] letters = word.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])))
            {
                letters[i] = 'Y';
            }
        }

        return new string(letters);
    }

    /// <summary>Behind the first consonant that follows a vowel; the end if there is none.</summary>
    private int AfterSyllable(int start)
    {
        int i = start;
        while (i < Length && !IsVowel(this[i]))
        {
            i++;
        }

        while (i < Length && IsVowel(this[i]))
        {
            i++;
        }

        return Math.Min(i + 1, Length);
    }
}
