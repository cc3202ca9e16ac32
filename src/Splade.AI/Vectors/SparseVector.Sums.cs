namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The sum of the weights, added up in double precision.</summary>
    internal double Mass
    {
        get
        {
            double sum = 0;
            foreach (float value in _values)
            {
                sum += value;
            }

            return sum;
        }
    }

    /// <summary>The sum of the squared weights, in double precision: squares of large and small floats leave the range of a float.</summary>
    internal double Squares
    {
        get
        {
            double sum = 0;
            foreach (float value in _values)
            {
                sum += (double)value * value;
            }

            return sum;
        }
    }
}
