using System.Globalization;

namespace Splade.AI.Hybrid;

/// <summary>Describes which vectors the records of a store have, and which models they come from. Immutable.</summary>
/// <remarks>A store is opened with it. Its order is that of the legs of a search: it decides between equal scores, and how hits are explained.</remarks>
public sealed class HybridSchema
{
    /// <summary>The name of the sparse vector of <see cref="Default"/>.</summary>
    public const string SparseName = "sparse";

    /// <summary>The name of the dense vector of <see cref="Default"/>.</summary>
    public const string DenseName = "dense";

    private const char Next = ',', Part = ':';
    private const string AnySize = "*";

    /// <summary>Initializes a new instance of the <see cref="HybridSchema"/> class.</summary>
    /// <param name="vectors">The vectors, at least one, of which no two have one name.</param>
    /// <exception cref="ArgumentException">There is none, or two have one name.</exception>
    public HybridSchema(params IEnumerable<VectorField> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Vectors = [.. vectors];
        if (Vectors.Count == 0 || Vectors.Contains(null!))
        {
            throw new ArgumentException("Found no vector, or null, expected at least one description of a vector.", nameof(vectors));
        }

        if (Vectors.GroupBy(vector => vector.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Found the name '{twice.Key}' twice, expected another name for each vector.", nameof(vectors));
        }
    }

    /// <summary>Gets the schema of one sparse and one dense vector, <c>sparse</c> and <c>dense</c>, of any size, the dense one compared by the cosine.</summary>
    public static HybridSchema Default { get; } = Pair(SimilarityFunction.Cosine);

    /// <summary>Gets the vectors, in the order of the legs of a search.</summary>
    public IReadOnlyList<VectorField> Vectors { get; }

    /// <summary>Gets the only models whose vectors the store takes; a vector without a model takes those of the first records.</summary>
    /// <value>The default is <see cref="HybridModels.None"/>.</value>
    public HybridModels Models { get; init; } = HybridModels.None;

    /// <summary>Creates the schema of the vectors that some legs make.</summary>
    /// <param name="legs">The legs. A generator that loads its model on the first call is asked for its size, and so loads it.</param>
    /// <returns>The schema, with sizes and models as far as the generators tell them. Dense vectors are compared by the cosine.</returns>
    /// <exception cref="ArgumentException">There is none, or two have one name.</exception>
    public static HybridSchema Of(params IEnumerable<HybridLeg> legs)
    {
        ArgumentNullException.ThrowIfNull(legs);
        HybridLeg[] all = [.. legs];
        return new HybridSchema(all.Select(leg => leg.Field)) { Models = HybridModels.Of(all) };
    }

    /// <summary>The schema of one sparse and one dense vector.</summary>
    internal static HybridSchema Pair(SimilarityFunction similarity, HybridModels? models = null) =>
        new(VectorField.Sparse(SparseName), VectorField.Dense(DenseName, similarity: similarity)) { Models = models ?? HybridModels.None };

    /// <summary>The vector of a name; null if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The vector.</returns>
    public VectorField? Find(string name) => Vectors.FirstOrDefault(vector => vector.Name == name);

    /// <summary>Finds the vectors that one is of, and refuses one that is of none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="vector">The vector.</param>
    /// <returns>What the schema says of it.</returns>
    /// <exception cref="ArgumentException">There are no vectors of that name and kind, or they have another size. The message begins in lower case.</exception>
    public VectorField Require(string name, HybridVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        VectorField field = Find(name) is { } known && known.Kind == vector.Kind
            ? known : throw new ArgumentException($"found the {vector.Kind} vector '{name}', expected those of the store: {this}.");
        return field.Dimensions is null || field.Dimensions == vector.Dimensions
            ? field
            : throw new ArgumentException($"found {vector.Dimensions} dimensions of the vector '{name}', expected {field.Dimensions} as the schema says.");
    }

    /// <summary>Determines in which ways the records of this schema are others than those of another; which models they have does not count.</summary>
    /// <param name="other">The other.</param>
    /// <returns>One text for each difference; none if the records of one fit the other.</returns>
    public IReadOnlyList<string> DifferencesFrom(HybridSchema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. Vectors.Where(vector => other.Find(vector.Name)?.Fits(vector) is not true)
                .Select(vector => $"the vector {Describe(vector)} instead of {(other.Find(vector.Name) is { } there ? Describe(there) : "none")}"),
            .. other.Vectors.Where(vector => Find(vector.Name) is null).Select(vector => $"no vector instead of {Describe(vector)}"),
        ];
    }

    /// <summary>The vectors as a text, for example <c>splade:Sparse:30522:Dot,minilm:Dense:384:Cosine</c>: what a store keeps.</summary>
    public override string ToString() => string.Join(Next, Vectors.Select(vector => string.Join(
        Part, vector.Name, vector.Kind, vector.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? AnySize, vector.Similarity)));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static HybridSchema Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new HybridSchema(text.Split(Next).Select(Read));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"Found the vectors '{text}', which no schema has: {e.Message}", e);
        }

        VectorField Read(string vector) => vector.Split(Part) is [var name, var kind, var size, var measure]
            && Enum.TryParse(kind, out VectorKind known) && Enum.IsDefined(known) && Enum.TryParse(measure, out SimilarityFunction similarity) && Enum.IsDefined(similarity)
            && (size == AnySize || int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? Field(name, known, size == AnySize ? null : int.Parse(size, CultureInfo.InvariantCulture), similarity)
                : throw new FormatException($"Found '{vector}' in the vectors '{text}', expected name:kind:dimensions:similarity.");
    }

    private static VectorField Field(string name, VectorKind kind, int? dimensions, SimilarityFunction similarity) =>
        kind == VectorKind.Sparse ? VectorField.Sparse(name, dimensions) : VectorField.Dense(name, dimensions, similarity);

    private static string Describe(VectorField vector) =>
        $"'{vector.Name}' ({vector.Kind}, {vector.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? "any"} dimensions, {vector.Similarity})";
}
