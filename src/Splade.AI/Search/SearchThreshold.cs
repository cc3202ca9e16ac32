namespace Splade.AI.Search;

/// <summary>The score that a row must reach to be among the best, known to all who search at the same time. It only rises.</summary>
/// <param name="least">What it is at first.</param>
internal sealed class SearchThreshold(float least)
{
    private float _value = least;

    public float Value => Volatile.Read(ref _value);

    public void Raise(float score)
    {
        float known = Value;
        while (score.CompareTo(known) > 0)
        {
            float found = Interlocked.CompareExchange(ref _value, score, known);
            if (found.Equals(known))
            {
                return;
            }

            known = found;
        }
    }
}
