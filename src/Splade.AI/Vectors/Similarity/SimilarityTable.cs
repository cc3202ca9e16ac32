namespace Splade.AI.Vectors.Similarity;

/// <summary>The result as seen by whoever compares a shorter list with a longer one, whichever of them has the rows.</summary>
/// <param name="matrix">The result.</param>
/// <param name="shorterHasColumns">Whether the shorter list has the columns, and not the rows.</param>
internal readonly struct SimilarityTable(float[,] matrix, bool shorterHasColumns)
{
    public void Set(int shorter, int longer, float similarity)
    {
        if (shorterHasColumns)
        {
            matrix[longer, shorter] = similarity;
        }
        else
        {
            matrix[shorter, longer] = similarity;
        }
    }
}
