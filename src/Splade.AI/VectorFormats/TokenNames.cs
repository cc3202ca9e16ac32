using System.Globalization;
using System.Runtime.CompilerServices;
using Splade.AI.Display;

namespace Splade.AI.VectorFormats;

/// <summary>A name for each dimension, no two the same: its token where that can be one, else its number after a mark.</summary>
internal static class TokenNames
{
    private const string Mark = "id:";

    private static readonly ConditionalWeakTable<IReadOnlyList<string>, string[]> OfVocabularies = [];

    /// <exception cref="ArgumentException">The vocabulary has another size than the vector.</exception>
    public static Func<int, string> For(SparseVector vector, SparseVectorFormatOptions options)
    {
        if (options.Vocabulary is not IReadOnlyList<string> vocabulary)
        {
            return dimension => dimension.ToString(CultureInfo.InvariantCulture);
        }

        if (vocabulary.Count != vector.Dimensions)
        {
            throw new ArgumentException(
                $"The vocabulary has {vocabulary.Count} tokens, expected {vector.Dimensions}: one for each dimension.", nameof(options));
        }

        string[] names = OfVocabularies.GetValue(vocabulary, Make);
        return dimension => names[dimension];
    }

    private static string[] Make(IReadOnlyList<string> vocabulary)
    {
        HashSet<string> repeated = [.. vocabulary.CountBy(token => token, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        return [.. vocabulary.Select((token, dimension) => IsName(token) && !repeated.Contains(token) ? token : Marked(dimension))];
    }

    private static string Marked(int dimension) => Mark + dimension.ToString(CultureInfo.InvariantCulture);

    private static bool IsName(string token) =>
        token.Length > 0 && !token.Contains('.', StringComparison.Ordinal) && !token.StartsWith(Mark, StringComparison.Ordinal)
        && Surrogates.FindLone(token) is null;
}
